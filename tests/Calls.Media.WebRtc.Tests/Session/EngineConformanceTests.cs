using Calls.Testing;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>The managed engine keeps the contract of media engines, on real sockets.</summary>
public class EngineConformanceTests
{
    public static TheoryData<string> Names => [.. MediaConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_managed_engine_keeps_the_contract(string name)
    {
        await using EngineRig rig = new();
        var one = MediaConformance.Case(name);
        if (one.CanRunOn(rig))
            await one.RunAsync(rig);
    }

    [Fact]
    public async Task All_but_the_choice_of_devices_is_asked_of_it()
    {
        await using EngineRig rig = new();
        MediaConformance.Cases.Where(one => !one.CanRunOn(rig)).Should().HaveCount(5).And.OnlyContain(one => one.Name.Contains("device", StringComparison.OrdinalIgnoreCase));
    }
}
