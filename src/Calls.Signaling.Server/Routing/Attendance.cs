namespace Calls.Signaling.Server;

/// <summary>The rules for devices that come, go, and come back.</summary>
internal static class Attendance
{
    public static void Arrive(Turn turn, Party party)
    {
        var index = turn.Call.FindLeg(DeviceKey.Of(party));
        if (index < 0)
        {
            if (turn.Call.Phase == RoutedCallPhase.Ringing)
                RingingPhase.Ring(turn, party);
            return;
        }

        var leg = turn.Call.Legs[index];
        if (!leg.IsAway)
            return;

        // Who numbers its messages will resume, and what is new waits for that: an answer must not overtake an offer that was missed. A plain
        // client never resumes.
        turn.Update(index, leg with { IsAway = false, Party = party, IsResuming = leg.Received > 0 });
        if (leg.IsEssential)
            turn.CancelTimer(Timer(leg));
    }

    public static void Leave(Turn turn, DeviceKey device)
    {
        var index = turn.Call.FindLeg(device);
        if (index < 0 || turn.Call.Legs[index].IsAway)
            return;
        var leg = turn.Call.Legs[index];
        turn.Update(index, leg with { IsAway = true, IsResuming = false });
        if (leg.IsEssential)
            turn.SetTimer(Timer(leg), turn.Call.Settings.ResumeWindow);
    }

    /// <summary>A party has been away for the whole resume window: the other one is told, and so is this one if it comes back after all.</summary>
    public static void AwayTooLong(Turn turn, DeviceKey device)
    {
        var index = turn.Call.FindLeg(device);
        if (index < 0 || turn.Call.Legs[index] is not { IsAway: true, IsEssential: true } leg)
            return;
        if (turn.Call.Phase == RoutedCallPhase.Ringing)
        {
            turn.EndLeg(index, EndReasons.ConnectionLost, leg.Party);
            RingingPhase.Cancel(turn, CallOutcome.ConnectionLost);
            return;
        }

        var other = index == 0 ? turn.Call.FindAnswerer() : 0;
        turn.EndLeg(index, EndReasons.ConnectionLost, leg.Party);
        turn.EndLeg(other, EndReasons.ConnectionLost, leg.Party);
        turn.Finish(CallOutcome.ConnectionLost);
    }

    public static void Resume(Turn turn, DeviceKey device, int? lastSeq)
    {
        var index = turn.Call.FindLeg(device);
        if (index < 0)
            return;
        if (lastSeq is null && turn.Call.Legs[index] is { IsEssential: true, Received: > 0 })
            Restarted(turn, index);
        else
            turn.Replay(index, lastSeq ?? 0);
    }

    /// <summary>A party spoke in this call and now knows nothing of it: its app was started anew, and will not come back to the call.</summary>
    private static void Restarted(Turn turn, int index)
    {
        var leg = turn.Call.Legs[index];
        turn.Update(index, leg with { IsResuming = false });
        if (turn.Call.Phase == RoutedCallPhase.Ringing)
        {
            turn.CloseLeg(index, EndReasons.Cancelled);
            RingingPhase.Cancel(turn, CallOutcome.ConnectionLost);
            return;
        }

        turn.CloseLeg(index, EndReasons.ConnectionLost);
        turn.EndLeg(index == 0 ? turn.Call.FindAnswerer() : 0, EndReasons.ConnectionLost, leg.Party);
        turn.Finish(CallOutcome.ConnectionLost);
    }

    private static CallTimer Timer(Leg leg) => new(CallTimerKind.Away, leg.Device);
}
