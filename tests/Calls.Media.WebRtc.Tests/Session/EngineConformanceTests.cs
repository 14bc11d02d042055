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
        await MediaConformance.Case(name).RunAsync(rig);
    }
}
