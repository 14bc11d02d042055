using Calls.Testing;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class ConformanceTests
{
    public static TheoryData<string> Names => [.. SignalingConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_channel_keeps_the_contract(string name)
    {
        await using var rig = await WebSocketRig.StartedAsync();
        await SignalingConformance.Case(name).RunAsync(rig);
    }
}
