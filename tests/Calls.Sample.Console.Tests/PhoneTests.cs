using Calls.Media;
using Calls.Sample.Console.Phone;
using Spectre.Console.Testing;

namespace Calls.Sample.Console.Tests;

public class PhoneTests
{
    private static readonly PhoneView View = new() { User = "carol", People = [new("alice", "Alice"), new("bob", "[Bob]")], Chosen = 1 };

    [Theory]
    [InlineData(CallState.Idle, ConsoleKey.Enter, nameof(PhoneAct.Call))]
    [InlineData(CallState.Ended, ConsoleKey.Enter, nameof(PhoneAct.Call))]
    [InlineData(CallState.Idle, ConsoleKey.A, nameof(PhoneAct.Nothing))]
    [InlineData(CallState.IncomingRinging, ConsoleKey.A, nameof(PhoneAct.Accept))]
    [InlineData(CallState.IncomingRinging, ConsoleKey.D, nameof(PhoneAct.Decline))]
    [InlineData(CallState.IncomingRinging, ConsoleKey.Enter, nameof(PhoneAct.Nothing))]
    [InlineData(CallState.Outgoing, ConsoleKey.H, nameof(PhoneAct.HangUp))]
    [InlineData(CallState.Outgoing, ConsoleKey.O, nameof(PhoneAct.Nothing))]
    [InlineData(CallState.Connected, ConsoleKey.M, nameof(PhoneAct.Mute))]
    [InlineData(CallState.Connected, ConsoleKey.O, nameof(PhoneAct.Hold))]
    [InlineData(CallState.Connected, ConsoleKey.H, nameof(PhoneAct.HangUp))]
    public void A_key_does_what_makes_sense_now(CallState state, ConsoleKey key, string act) => PhoneKeys.Act(state, key).ToString().Should().Be(act);

    [Fact]
    public void In_every_state_the_phone_can_be_left()
    {
        foreach (var state in Enum.GetValues<CallState>())
            PhoneKeys.Act(state, ConsoleKey.Q).Should().Be(PhoneAct.Quit);
    }

    [Fact]
    public void The_people_are_shown_as_they_are_named_with_the_chosen_one_marked()
        => Drawn(View).Should().Contain("carol").And.Contain("  Alice").And.Contain("> [Bob]").And.Contain("Enter call").And.Contain("No call");

    [Fact]
    public void A_call_that_comes_shows_who_and_the_two_keys()
    {
        var shown = Drawn(View with { Call = new CallSnapshot { State = CallState.IncomingRinging, Peer = new CallPeer("alice", "d", "Alice") } });
        shown.Should().Contain("incoming_ringing").And.Contain("Alice calls").And.Contain("A accept").And.Contain("D decline").And.NotContain("Enter");
    }

    [Fact]
    public void A_connected_call_shows_its_length_its_quality_and_what_is_special()
    {
        var begin = DateTimeOffset.UnixEpoch;
        var shown = Drawn(View with
        {
            Call = new CallSnapshot { State = CallState.Connected, Peer = new CallPeer("alice", "d", "Alice"), ConnectedAt = begin, IsMuted = true, IsPeerHolding = true },
            Now = begin + TimeSpan.FromSeconds(75),
            Quality = new MediaStatistics { PacketsSent = 100, PacketsReceived = 90, PacketsLost = 3, RoundTripTime = TimeSpan.FromMilliseconds(12.34) },
        });
        shown.Should().Contain("01:15").And.Contain("sent 100, received 90, lost 3, round trip 12.3 ms").And.Contain("muted, held by the other side").And.Contain("M unmute");
    }

    [Fact]
    public void The_choice_stays_on_who_was_chosen()
    {
        View.With([new("aaron", "Aaron"), new("alice", "Alice"), new("bob", "[Bob]")]).Chosen.Should().Be(2);
        View.With([new("alice", "Alice")]).Chosen.Should().Be(0);
        View.With([]).Move(1).Chosen.Should().Be(0);
        View.Move(5).Chosen.Should().Be(1);
        View.Move(-5).Chosen.Should().Be(0);
    }

    private static string Drawn(PhoneView view)
    {
        using TestConsole console = new();
        console.Profile.Width = 120;
        console.Write(PhoneScreen.Draw(view));
        return console.Output;
    }
}
