using Calls.Testing;

namespace Calls.Signaling.SignalR.Tests;

public sealed class ConformanceTests
{
    public static TheoryData<HubKind, string> Cases
    {
        get
        {
            TheoryData<HubKind, string> cases = [];
            foreach (var kind in Enum.GetValues<HubKind>())
            {
                foreach (var one in SignalingConformance.Cases.Where(one => one.CanRunOn(new HubRig(kind))))
                    cases.Add(kind, one.Name);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_channel_keeps_the_contract(HubKind kind, string name)
    {
        await using HubRig rig = new(kind);
        await rig.StartAsync();
        await SignalingConformance.Case(name).RunAsync(rig);
    }
}
