using Calls.Machine;

namespace Calls.Protocol.Tests;

/// <summary>The times and bounds of our client.</summary>
public sealed class TimeTests
{
    [Fact]
    public void The_times_of_our_client_are_its_defaults()
    {
        MachineSettings settings = new();
        var rows = ProtocolDocument.Table("| time of our client |");
        rows.Select(row => (ProtocolDocument.Code(row[0]), row[1])).Should().BeEquivalentTo(
            typeof(MachineSettings).GetProperties().Where(time => time.PropertyType == typeof(TimeSpan) && time.Name != nameof(settings.EndedLinger))
                .Select(time => (time.Name, $"{((TimeSpan)time.GetValue(settings)!).TotalSeconds} s")));
        MachineSettings.From(new CallOptions(), settings.Capabilities).Should().Be(settings, "the options have the same defaults");
    }

    [Fact]
    public void The_bounds_that_no_option_moves_are_said()
    {
        var rows = ProtocolDocument.Table("| fixed |");
        rows.Single(row => row[0] == "levels of JSON")[1].Should().Be($"{SignalingJson.MaxDepth}");
        rows.Single(row => row[0] == "characters of `callId` and `deviceId`")[1].Should().Be($"{CallId.MaxLength}");
        ProtocolDocument.Text.Should().Contain($"at most {SignalingJson.MaxDepth} levels deep");
    }
}
