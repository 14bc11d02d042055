using Calls.Machine;

namespace Calls.ModelCheck.Tests;

/// <summary>Two users act at once, in every order and after every delay.</summary>
public class EveryDelayTests
{
    private const int Alice = 0;
    private static readonly CallId Call = Names.Call(Alice, 0, false);

    [Fact]
    public void B20_when_a_cancel_meets_an_accept_both_sides_agree_that_the_call_has_ended()
    {
        var met = Play("bob-devices=1 ends=1", bob: [ChoiceKind.Accept]).Where(world => world.Left.Ends == 0 && Accepted(world, 1)).ToArray();

        met.Should().NotBeEmpty().And.OnlyContain(world => world.Devices.All(device =>
            device.State.State == CallState.Ended && device.State.Call!.Id == Call && device.Ends.Length == 1 && device.Media == null));
        met.Should().Contain(world => Reason(world, Alice) == CallEndReason.Cancelled, "the cancel may come first");
        met.Should().Contain(world => Reason(world, Alice) == CallEndReason.HungUp, "the answer may come first");
        met.Should().Contain(world => Reason(world, 1) == CallEndReason.Cancelled, "an accept may come too late");
    }

    [Fact]
    public void B30_when_one_of_several_devices_accepts_the_others_stop()
    {
        var one = Play("bob-devices=2", bob: [ChoiceKind.Accept]).Where(world => Accepted(world, 1) != Accepted(world, 2)).ToArray();

        one.Should().NotBeEmpty().And.OnlyContain(world => State(world, Alice) == CallState.Connected
            && Bobs(world).Count(bob => Accepted(world, bob) && State(world, bob) == CallState.Connected) == 1
            && Bobs(world).Count(bob => !Accepted(world, bob) && Reason(world, bob) == CallEndReason.AnsweredElsewhere) == 1);
    }

    [Fact]
    public void B30_when_one_of_several_devices_declines_the_others_stop()
    {
        var ends = Play("bob-devices=2 rejects=1", bob: [ChoiceKind.Reject]).ToArray();

        ends.Should().NotBeEmpty().And.OnlyContain(world => Reason(world, Alice) == CallEndReason.Declined
            && Bobs(world).Count(bob => Reason(world, bob) == CallEndReason.Declined) == 1
            && Bobs(world).Count(bob => Reason(world, bob) == CallEndReason.DeclinedElsewhere) == 1);
    }

    [Fact]
    public void B30_when_two_devices_accept_at_once_exactly_one_wins()
    {
        var both = Play("bob-devices=2", bob: [ChoiceKind.Accept]).Where(world => Accepted(world, 1) && Accepted(world, 2)).ToArray();

        both.Should().NotBeEmpty().And.OnlyContain(world => State(world, Alice) == CallState.Connected
            && Bobs(world).Count(bob => State(world, bob) == CallState.Connected) == 1
            && Bobs(world).Count(bob => Reason(world, bob) == CallEndReason.AnsweredElsewhere) == 1);
    }

    [Fact]
    public void B30_when_one_accepts_and_another_declines_at_once_the_first_at_the_server_counts()
    {
        var both = Play("bob-devices=2 rejects=1", bob: [ChoiceKind.Accept, ChoiceKind.Reject])
            .Where(world => world.Left.Rejects == 0 && Bobs(world).Any(bob => Accepted(world, bob))).ToArray();

        both.Should().Contain(world => State(world, Alice) == CallState.Connected).And.Contain(world => Reason(world, Alice) == CallEndReason.Declined);
        both.Should().OnlyContain(world => State(world, Alice) == CallState.Connected
            ? Bobs(world).Count(bob => State(world, bob) == CallState.Connected) == 1
            : world.Devices.All(device => device.State.State == CallState.Ended));
    }

    [Fact]
    public void B30_a_device_that_is_busy_lets_the_others_ring_on()
    {
        var ends = Play("bob-devices=2", bob: [ChoiceKind.Accept], busy: 1).ToArray();

        ends.Should().NotBeEmpty().And.OnlyContain(world => State(world, Alice) == CallState.Connected && State(world, 2) == CallState.Connected
            && State(world, 1) == CallState.Connected && world.Devices[1].State.Call!.ChatId == "carol");
    }

    /// <summary>Alice calls; Bob's devices do what is named, or nothing.</summary>
    private static IEnumerable<World> Play(string options, ChoiceKind[] bob, int busy = -1)
    {
        var bounds = Bounds.Parse("alice-starts=1 bob-starts=0 ends=0 rejects=0 losses=0 early-timers=0").With(options);
        var model = new Model(bounds);
        var world = World.Initial(bounds, aliceGreater: false);
        if (busy >= 0)
            world.Devices[busy].State = TalkingToCarol(busy);
        world = Happening.Of(model, world, new(ChoiceKind.Start, Alice));
        return new EveryDelay(model, isClosed: busy < 0).From(world, choice => choice.Kind is not (ChoiceKind.Accept or ChoiceKind.Reject) || bob.Contains(choice.Kind));
    }

    private static MachineState TalkingToCarol(int device) => MachineState.Initial with
    {
        Self = Names.Party(device),
        State = CallState.Connected,
        Call = new CallData { Id = Names.Call(device, 3, false), ChatId = "carol", Role = CallRole.Caller, Media = MediaStage.Open },
    };

    private static IEnumerable<int> Bobs(World world) => Enumerable.Range(1, world.Devices.Length - 1);

    private static bool Accepted(World world, int device) => world.Devices[device].Consent.Contains(Call);

    private static CallState State(World world, int device) => world.Devices[device].State.State;

    private static CallEndReason? Reason(World world, int device) => world.Devices[device].State.Call?.End?.Reason;
}
