namespace Calls.ModelCheck.Tests;

/// <summary>What the search has found and the code still does. A test here turns red when its defect is mended, and then moves to the model's bounds.</summary>
public class KnownDefectTests
{
    /// <summary>
    /// Glare across a lost connection: the server replays call by call and not in the order of time. So the caller who won hears the answer first and
    /// the loser's older offer afterwards; takes that for a recall (B28); and ends the call that both had agreed on (B24, B39).
    /// </summary>
    [Fact]
    public void B24_B39_an_offer_that_lost_glare_and_is_replayed_after_the_answer_replaces_the_winner()
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

        run.Violation!.Invariant.Should().Be(nameof(CausedEnds));
    }
}
