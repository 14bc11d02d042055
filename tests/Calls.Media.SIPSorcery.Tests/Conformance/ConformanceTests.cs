using Calls.Testing;

namespace Calls.Media.SIPSorcery.Tests.Conformance;

/// <summary>SIPSorcery keeps the contract of media engines, on real sockets.</summary>
public class ConformanceTests
{
    public static TheoryData<string> Names => [.. MediaConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SIPSorcery_keeps_the_contract(string name)
    {
        await using SIPSorceryRig rig = new();
        var one = MediaConformance.Case(name);
        if (one.CanRunOn(rig))
            await one.RunAsync(rig);
    }

    [Fact]
    public async Task It_says_truly_what_it_can_do()
    {
        await using SIPSorceryRig rig = new();
        rig.Source.Capabilities.Should().Be(MediaCapabilities.Video | MediaCapabilities.Statistics | MediaCapabilities.ScreenShare);
        MediaConformance.Cases.Where(one => !one.CanRunOn(rig)).Should().HaveCount(11);
    }
}
