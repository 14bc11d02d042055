using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

public class ConnectTests
{
    public static TheoryData<NatKind, NatKind> Pairs()
    {
        TheoryData<NatKind, NatKind> pairs = [];
        foreach (var one in Enum.GetValues<NatKind>())
        {
            foreach (var other in Enum.GetValues<NatKind>())
                pairs.Add(one, other);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_agents_connect_whenever_there_is_a_way(NatKind one, NatKind other)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            SimulatedNetwork network = new(seed) { Loss = seed % 4 * 10, Jitter = TimeSpan.FromMilliseconds(seed % 3 * 40) };
            SimulatedHost caller = new(network, 1, true, one, random: new Random(seed)), callee = new(network, 2, false, other, random: new Random(seed + 1));
            network.Signal(caller, callee);

            var connected = network.Until(() => AreConnected(caller, callee), TimeSpan.FromSeconds(14));

            connected.Should().Be(HasWay(one, other), $"seed {seed}");
            if (!connected)
                (caller.Agent.Path is null || callee.Agent.Path is null).Should().BeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void With_a_relay_on_one_side_there_is_always_a_way(NatKind one, NatKind other)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            SimulatedNetwork network = new(seed) { Loss = seed % 4 * 10, Jitter = TimeSpan.FromMilliseconds(seed % 3 * 40) };
            SimulatedHost caller = new(network, 1, true, one), callee = new(network, 2, false, other);
            network.Signal(caller, callee, withRelay: true);

            network.Until(() => AreConnected(caller, callee), TimeSpan.FromSeconds(14)).Should().BeTrue($"seed {seed}");
            network.Loss = 0;
            network.Pass(TimeSpan.FromSeconds(12));
            AreConnected(caller, callee).Should().BeTrue($"seed {seed}");
            if (HasWay(one, other))
                caller.Agent.Path!.Local.Kind.Should().Be(IceCandidateKind.Host, $"the direct way is better (seed {seed})");
            IsOneWay(caller, callee).Should().BeTrue($"both use the same pair (seed {seed})");
        }
    }

    [Fact]
    public void Without_loss_a_way_takes_one_round_trip_after_the_answer()
    {
        SimulatedNetwork network = new(1) { LeastDelay = TimeSpan.FromMilliseconds(10) };
        SimulatedHost caller = new(network, 1, true, NatKind.None), callee = new(network, 2, false, NatKind.None);
        Introduce(network, caller, callee);

        network.Until(() => AreConnected(caller, callee), TimeSpan.FromSeconds(1)).Should().BeTrue();

        network.Now.Should().Be(TimeSpan.FromMilliseconds(20), "both sides' first checks are answered at once");
        network.Pass(TimeSpan.FromMilliseconds(25));
        callee.Agent.Path!.IsNominated.Should().BeTrue();
        (caller.Sent + callee.Sent).Should().BeLessThan(8, "nobody checks more than is needed");
    }

    [Fact]
    public void Both_may_think_that_they_decide()
    {
        foreach (var role in (bool[])[true, false])
        {
            for (var seed = 0; seed < 50; seed++)
            {
                SimulatedNetwork network = new(seed) { Loss = seed % 3 * 10 };
                SimulatedHost one = new(network, 1, role, NatKind.PortRestricted), other = new(network, 2, role, NatKind.Restricted);
                network.Signal(one, other);

                network.Until(() => AreConnected(one, other) && one.Agent.IsControlling != other.Agent.IsControlling, TimeSpan.FromSeconds(14))
                    .Should().BeTrue($"seed {seed}");
            }
        }
    }

    [Fact]
    public void Relay_only_uses_nothing_else()
    {
        SimulatedNetwork network = new(3);
        IceAgentSettings relayOnly = new() { RelayOnly = true };
        SimulatedHost caller = new(network, 1, true, NatKind.None, relayOnly), callee = new(network, 2, false, NatKind.None);
        network.Signal(caller, callee, withRelay: true);

        network.Until(() => AreConnected(caller, callee), TimeSpan.FromSeconds(5)).Should().BeTrue();
        network.Pass(TimeSpan.FromSeconds(10));

        caller.Agent.Pairs.Should().OnlyContain(pair => pair.Local.Kind == IceCandidateKind.Relayed);
        callee.Agent.Pairs.Should().NotContain(pair => pair.Remote.Address == caller.Inner);
    }

    [Fact]
    public void Where_there_is_no_way_it_fails_in_time()
    {
        SimulatedNetwork network = new(4) { Loss = 100 };
        SimulatedHost caller = new(network, 1, true, NatKind.None), callee = new(network, 2, false, NatKind.None);
        network.Signal(caller, callee);

        network.Until(() => caller.Agent.State == IceState.Failed && callee.Agent.State == IceState.Failed, TimeSpan.FromSeconds(16)).Should().BeTrue();

        caller.States.Should().Equal(IceState.Checking, IceState.Failed);
    }

    [Fact]
    public void Where_all_is_tried_and_told_it_fails_at_once()
    {
        SimulatedNetwork network = new(5) { Loss = 100 };
        SimulatedHost caller = new(network, 1, true, NatKind.None), callee = new(network, 2, false, NatKind.None);
        network.Signal(caller, callee);
        network.Pass(TimeSpan.FromMilliseconds(300));
        caller.Agent.EndLocalCandidates(network.Now);
        caller.Agent.EndRemoteCandidates(null, network.Now);

        network.Until(() => caller.Agent.State == IceState.Failed, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Fact]
    public void B36_Where_nothing_fits_yet_it_waits_for_what_may_come()
    {
        SimulatedNetwork network = new(6);
        SimulatedHost caller = new(network, 1, true, NatKind.None), callee = new(network, 2, false, NatKind.None);
        foreach (var (one, other) in ((SimulatedHost, SimulatedHost)[])[(caller, callee), (callee, caller)])
        {
            one.Agent.SetRemoteCredentials(other.Agent.LocalCredentials, network.Now);
            one.Agent.EndLocalCandidates(network.Now);
            one.Agent.EndRemoteCandidates(null, network.Now);
        }

        network.Pass(TimeSpan.FromSeconds(14));
        (caller.Agent.State, callee.Agent.State).Should().Be((IceState.Checking, IceState.Checking));
        Introduce(network, caller, callee);
        network.Until(() => AreConnected(caller, callee), TimeSpan.FromSeconds(1)).Should().BeTrue();
    }

    [Fact]
    public void B44_Relay_only_without_a_relay_fails_at_once()
    {
        SimulatedNetwork network = new(6);
        SimulatedHost caller = new(network, 1, true, NatKind.None, new() { RelayOnly = true });
        caller.Agent.SetRemoteCredentials(IceCredentials.Create(), network.Now);
        caller.Agent.EndRemoteCandidates(null, network.Now);
        caller.Agent.EndLocalCandidates(network.Now);
        caller.Agent.State.Should().Be(IceState.Failed);
    }

    internal static void Introduce(SimulatedNetwork network, SimulatedHost one, SimulatedHost other)
    {
        foreach (var (from, to) in ((SimulatedHost, SimulatedHost)[])[(one, other), (other, one)])
        {
            to.Agent.SetRemoteCredentials(from.Agent.LocalCredentials, network.Now);
            foreach (var candidate in from.Candidates(withRelay: false))
            {
                from.Agent.AddLocalCandidate(candidate, network.Now);
                CandidateText.Read(CandidateText.Write(candidate, "x"), out var remote, out _);
                to.Agent.AddRemoteCandidate(remote!, null, network.Now);
            }
        }
    }

    internal static bool AreConnected(SimulatedHost one, SimulatedHost other)
        => one.Agent.State == IceState.Connected && other.Agent.State == IceState.Connected;

    /// <summary>Whether the one's pair is the other's, seen from the other end.</summary>
    internal static bool IsOneWay(SimulatedHost one, SimulatedHost other)
        => one.Agent.Path!.Local.Kind == IceCandidateKind.Relayed == (other.Agent.Path!.Remote.Address == one.Relay)
            && other.Agent.Path!.Local.Kind == IceCandidateKind.Relayed == (one.Agent.Path!.Remote.Address == other.Relay);

    private static bool HasWay(NatKind one, NatKind other)
        => (one, other) is not ((NatKind.Symmetric, NatKind.Symmetric or NatKind.PortRestricted) or (NatKind.PortRestricted, NatKind.Symmetric));
}
