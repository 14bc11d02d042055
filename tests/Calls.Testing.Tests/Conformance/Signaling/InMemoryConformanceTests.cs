namespace Calls.Testing.Tests;

public class InMemoryConformanceTests
{
    public static TheoryData<string> Names => [.. SignalingConformance.Cases.Where(one => one.CanRunOn(new InMemoryRig())).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_channel_in_memory_keeps_the_contract(string name)
    {
        await using InMemoryRig rig = new();
        await SignalingConformance.Case(name).RunAsync(rig);
    }
}
