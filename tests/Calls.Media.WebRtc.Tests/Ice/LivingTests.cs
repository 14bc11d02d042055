using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>What becomes of a way after it was found.</summary>
public class LivingTests
{
    [Fact]
    public void B32_A_cut_of_a_second_is_not_noticed()
    {
        var (network, caller, callee) = Connected();
        for (var i = 0; i < 20; i++)
        {
            callee.IsCut = true;
            network.Pass(TimeSpan.FromSeconds(1));
            callee.IsCut = false;
            network.Pass(TimeSpan.FromSeconds(3.3));
        }

        (caller.Agent.State, callee.Agent.State).Should().Be((IceState.Connected, IceState.Connected));
        caller.States.Should().NotContain(IceState.Disconnected);
    }

    [Fact]
    public void B33_A_cut_is_noticed_within_six_seconds_and_its_end_at_once()
    {
        var (network, caller, callee) = Connected();
        callee.IsCut = true;
        network.Until(() => caller.Agent.State == IceState.Disconnected && callee.Agent.State == IceState.Disconnected, TimeSpan.FromSeconds(6))
            .Should().BeTrue();
        network.Pass(TimeSpan.FromSeconds(3));

        callee.IsCut = false;

        network.Until(() => ConnectTests.AreConnected(caller, callee), TimeSpan.FromMilliseconds(300)).Should().BeTrue();
    }

    [Fact]
    public void Without_consent_nothing_more_is_sent()
    {
        var (network, caller, callee) = Connected();
        callee.IsCut = true;

        network.Until(() => caller.Agent.Path is null, TimeSpan.FromSeconds(31)).Should().BeTrue();
        network.Until(() => caller.Agent.State == IceState.Failed, TimeSpan.FromSeconds(16)).Should().BeTrue();
        network.Pass(TimeSpan.FromSeconds(10));

        var sent = caller.Sent;
        network.Pass(TimeSpan.FromMinutes(10));
        caller.Sent.Should().Be(sent);
        caller.Agent.NextTimeout.Should().BeNull("nothing is left to do");
    }

    [Fact]
    public void In_a_quiet_call_little_is_sent_and_the_way_stays()
    {
        var (network, caller, callee) = Connected();
        network.Pass(TimeSpan.FromSeconds(1));
        var before = caller.Sent;

        network.Pass(TimeSpan.FromMinutes(10));

        (caller.Sent - before).Should().BeInRange(2 * 200, 2 * 320, "a question and an answer each 2.5 s");
        caller.States.Should().Equal(IceState.Checking, IceState.Connected);
        caller.Paths.Should().ContainSingle();
        callee.Paths.Should().ContainSingle();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void B33_A_restart_finds_a_new_way_while_the_old_one_carries_on(int loss)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var (network, caller, callee) = Connected(seed, NatKind.PortRestricted);
            network.Loss = loss;
            var (old, oldCallee) = (caller.Agent.LocalCredentials, callee.Agent.LocalCredentials);

            caller.Agent.Restart(IceCredentials.Create(), network.Now);
            caller.Agent.Path.Should().NotBeNull();
            caller.Agent.State.Should().Be(IceState.Connected);
            network.Pass(TimeSpan.FromMilliseconds(300));
            callee.Agent.Restart(IceCredentials.Create(), network.Now);
            network.Signal(caller, callee);

            network.Until(() => !caller.Agent.IsRestarting && !callee.Agent.IsRestarting, TimeSpan.FromSeconds(10)).Should().BeTrue($"seed {seed}");
            ConnectTests.AreConnected(caller, callee).Should().BeTrue();
            caller.Agent.LocalCredentials.Should().NotBe(old);
            callee.Agent.LocalCredentials.Should().NotBe(oldCallee);
            caller.States.Should().Equal(IceState.Checking, IceState.Connected);
            caller.Paths.Should().NotContainNulls();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void B33_Two_restarts_at_once_leave_the_data_on_its_way(bool takesBack)
    {
        var (network, caller, callee) = Connected();
        Restart();
        var (agreed, path) = (caller.Agent.LocalCredentials, caller.Agent.Path);
        if (takesBack)
        {
            caller.Agent.Restart(IceCredentials.Create(), network.Now);
            caller.Agent.CancelRestart(network.Now);
            caller.Agent.LocalCredentials.Should().Be(agreed);
        }
        else
        {
            Restart();
        }

        caller.Agent.Path.Should().BeSameAs(path);
        network.Signal(caller, callee);
        network.Until(() => !caller.Agent.IsRestarting && !callee.Agent.IsRestarting, TimeSpan.FromSeconds(10)).Should().BeTrue();
        caller.States.Should().Equal(IceState.Checking, IceState.Connected);
        callee.States.Should().Equal(IceState.Checking, IceState.Connected);
        caller.Paths.Should().NotContainNulls();

        void Restart()
        {
            caller.Agent.Restart(IceCredentials.Create(), network.Now);
            callee.Agent.Restart(IceCredentials.Create(), network.Now);
            caller.Agent.SetRemoteCredentials(callee.Agent.LocalCredentials, network.Now);
            callee.Agent.SetRemoteCredentials(caller.Agent.LocalCredentials, network.Now);
        }
    }

    [Fact]
    public void B33_What_is_still_under_way_on_the_way_before_a_restart_is_taken()
    {
        var (network, caller, callee) = Connected();
        var old = caller.Agent.Path!;
        caller.Agent.Restart(IceCredentials.Create(), network.Now);
        callee.Agent.Restart(IceCredentials.Create(), network.Now);
        callee.Move("198.51.100.99");
        network.Signal(caller, callee);
        network.Until(() => !caller.Agent.IsRestarting, TimeSpan.FromSeconds(10)).Should().BeTrue();

        caller.Agent.Path!.Remote.Address.Should().NotBe(old.Remote.Address);
        caller.Agent.Accepts(old.Local.BaseId, old.Remote.Address, network.Now).Should().BeTrue();
        caller.Agent.AddRemoteCandidate(new(IceCandidateKind.Host, old.Remote.Address, 1, "1"), null, network.Now).Should().BeTrue();
        caller.Agent.Accepts(old.Local.BaseId, old.Remote.Address, network.Now).Should().BeTrue("the new generation has not heard from there");
    }

    [Fact]
    public void B35_Candidates_of_an_old_generation_do_not_reach_the_new_one()
    {
        var (network, caller, callee) = Connected();
        var old = callee.Agent.LocalCredentials;
        caller.Agent.Restart(IceCredentials.Create(), network.Now);
        CandidateText.Read("candidate:1 1 udp 2130706431 198.51.100.77 5000 typ host", out var late, out _);
        CandidateText.Read("candidate:1 1 udp 2130706431 198.51.100.78 5000 typ host", out var early, out _);

        caller.Agent.AddRemoteCandidate(late!, old.Ufrag, network.Now).Should().BeTrue("the old generation still lives");
        caller.Agent.AddRemoteCandidate(late!, "gone", network.Now);
        caller.Agent.AddRemoteCandidate(early!, "next", network.Now).Should().BeTrue("its credentials may come with the answer");
        caller.Agent.SetRemoteCredentials(new("next", "a-password-of-22-chars"), network.Now);

        caller.Agent.Pairs.Should().ContainSingle().Which.Remote.Address.Should().Be(early!.Address);
    }

    [Fact]
    public void A_restart_that_is_taken_back_leaves_everything_as_it_was()
    {
        var (network, caller, callee) = Connected();
        var (old, path) = (caller.Agent.LocalCredentials, caller.Agent.Path);

        caller.Agent.Restart(IceCredentials.Create(), network.Now);
        network.Pass(TimeSpan.FromSeconds(5));
        caller.Agent.CancelRestart(network.Now);
        network.Pass(TimeSpan.FromMinutes(1));

        caller.Agent.LocalCredentials.Should().Be(old);
        caller.Agent.Path.Should().BeSameAs(path);
        ConnectTests.AreConnected(caller, callee).Should().BeTrue();
    }

    [Fact]
    public void B36_A_host_that_moves_is_found_again_without_signaling()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var (network, caller, callee) = Connected(seed);
            var mover = seed % 2 == 0 ? caller : callee;
            var other = mover == caller ? callee : caller;
            network.Loss = seed % 3 * 10;

            mover.Move("198.51.100.99");

            network.Until(() => mover.Agent.State == IceState.Connected, TimeSpan.FromSeconds(5)).Should().BeTrue($"seed {seed}");
            network.Until(() => other.Agent.Path!.Remote.Address == mover.Inner, TimeSpan.FromSeconds(7)).Should().BeTrue($"seed {seed}");
        }
    }

    private static (SimulatedNetwork Network, SimulatedHost Caller, SimulatedHost Callee) Connected(int seed = 7, NatKind nat = NatKind.None)
    {
        SimulatedNetwork network = new(seed);
        SimulatedHost caller = new(network, 1, true, nat), callee = new(network, 2, false, nat);
        network.Signal(caller, callee);
        network.Until(() => ConnectTests.AreConnected(caller, callee), TimeSpan.FromSeconds(5)).Should().BeTrue();
        network.Pass(TimeSpan.FromSeconds(1));
        return (network, caller, callee);
    }
}
