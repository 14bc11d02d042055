namespace Calls.ModelCheck.Tests;

/// <summary>Glare while a connection is lost: courses in full, which the search found before the replay went by time.</summary>
public class GlareAndLossTests
{
    /// <summary>
    /// The caller who won lost the connection before the loser's offer came, and hears of both when she is back: the offer first, as it was
    /// sent, so that it loses, and the answer afterwards. The other way round the offer would be a recall (B28), and would end the good call.
    /// </summary>
    [Fact]
    public void B24_B39_an_offer_that_lost_glare_and_is_replayed_leaves_the_winner_alone()
    {
        var bounds = Bounds.Parse("bob-devices=1 candidates=0 alice-starts=1 bob-starts=1 ends=0 rejects=0 losses=1 duplicates=0 early-timers=0");
        var run = new Replay(new Model(bounds), aliceGreater: false).Do(
            new(ChoiceKind.Start, 0, 0, 0),
            new(ChoiceKind.MediaSucceeds, 0, 0, 0),
            new(ChoiceKind.MediaSucceeds, 0, 0, 0),
            new(ChoiceKind.ServerTakes, 0, 0, 0),
            new(ChoiceKind.Lose, 0, 0, 0),
            new(ChoiceKind.Start, 1, 0, 0),
            new(ChoiceKind.MediaSucceeds, 1, 0, 0),
            new(ChoiceKind.MediaSucceeds, 1, 0, 0),
            new(ChoiceKind.ServerTakes, 1, 0, 0),
            new(ChoiceKind.DeviceTakes, 1, 0, 0),
            new(ChoiceKind.ServerTakes, 1, 0, 0),
            new(ChoiceKind.MediaSucceeds, 1, 0, 0),
            new(ChoiceKind.ServerTakes, 1, 0, 0),
            new(ChoiceKind.Reconnect, 0, 0, 0),
            new(ChoiceKind.DeviceTakes, 0, 0, 0),
            new(ChoiceKind.ServerTakes, 0, 0, 0),
            new(ChoiceKind.DeviceTakes, 0, 0, 0),
            new(ChoiceKind.DeviceTakes, 0, 0, 0));

        run.Violation.Should().BeNull();
        run.World.Devices.Should().OnlyContain(device => device.State.Call!.Id == Names.Call(0, 0, false) && device.Ends.IsEmpty);
    }

    /// <summary>The answer to the winner comes between the caller's return and her resume: it waits, or the older offer would be taken for a recall.</summary>
    [Fact]
    public void B24_B39_an_answer_does_not_overtake_what_a_device_that_is_back_has_missed()
    {
        var bounds = Bounds.Parse("bob-devices=1 candidates=0 alice-starts=1 bob-starts=1 ends=0 rejects=0 losses=1 duplicates=0 early-timers=0");
        var run = new Replay(new Model(bounds), aliceGreater: false).Do(
            new(ChoiceKind.Start, 0, 0, 0),
            new(ChoiceKind.MediaSucceeds, 0, 0, 0),
            new(ChoiceKind.MediaSucceeds, 0, 0, 0),
            new(ChoiceKind.ServerTakes, 0, 0, 0),
            new(ChoiceKind.Lose, 0, 0, 0),
            new(ChoiceKind.Start, 1, 0, 0),
            new(ChoiceKind.MediaSucceeds, 1, 0, 0),
            new(ChoiceKind.MediaSucceeds, 1, 0, 0),
            new(ChoiceKind.ServerTakes, 1, 0, 0),
            new(ChoiceKind.DeviceTakes, 1, 0, 0),
            new(ChoiceKind.ServerTakes, 1, 0, 0),
            new(ChoiceKind.MediaSucceeds, 1, 0, 0),
            new(ChoiceKind.Reconnect, 0, 0, 0),
            new(ChoiceKind.DeviceTakes, 0, 0, 0),
            new(ChoiceKind.ServerTakes, 1, 0, 0),
            new(ChoiceKind.ServerTakes, 0, 0, 0),
            new(ChoiceKind.DeviceTakes, 0, 0, 0),
            new(ChoiceKind.DeviceTakes, 0, 0, 0));

        run.Violation.Should().BeNull();
        run.World.Devices.Should().OnlyContain(device => device.State.Call!.Id == Names.Call(0, 0, false) && device.Ends.IsEmpty);
    }
}
