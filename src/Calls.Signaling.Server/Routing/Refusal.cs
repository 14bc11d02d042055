namespace Calls.Signaling.Server;

/// <summary>The rules for callees who do not want, or cannot.</summary>
internal static class Refusal
{
    /// <summary>A device is in another call: the others of its user go on ringing, and it counts only when all of them are busy.</summary>
    public static void Busy(Turn turn, int index, Party sender)
    {
        turn.Update(index, turn.Call.Legs[index] with { State = LegState.Busy, EndReason = EndReasons.Hangup });
        RejectIfNobodyIsLeft(turn, sender);
    }

    /// <summary>One device speaks for its user: his other devices stop, and in a group the others go on ringing.</summary>
    public static void Decline(Turn turn, int index, Party sender, string reason)
    {
        turn.CloseLeg(index, EndReasons.Hangup);
        var callee = RingingPhase.FindCallee(turn.Call.Callees, sender.UserId);
        turn.Update(turn.Call with { Callees = turn.Call.Callees.With(callee, turn.Call.Callees[callee] with { Rejection = reason }) });
        RingingPhase.EndRinging(turn, EndReasons.DeclinedElsewhere, sender, sender.UserId);
        RejectIfNobodyIsLeft(turn, sender);
    }

    private static void RejectIfNobodyIsLeft(Turn turn, Party sender)
    {
        string? reason = null;
        foreach (var callee in turn.Call.Callees)
        {
            if ((callee.Rejection ?? (IsBusy(turn.Call, callee.UserId) ? RejectReasons.Busy : null)) is not { } rejection)
                return;
            if (reason is null or RejectReasons.Busy || rejection == RejectReasons.Declined)
                reason = rejection;
        }

        turn.CloseLeg(0, EndReasons.Hangup);
        turn.Post(0, new RejectedMessage { CallId = turn.Call.Id, Reason = reason }, sender);
        turn.Finish(Outcome(reason));
    }

    private static CallOutcome Outcome(string? rejection) => rejection switch
    {
        RejectReasons.Busy => CallOutcome.Busy,
        RejectReasons.MediaFailed => CallOutcome.MediaFailed,
        _ => CallOutcome.Declined,
    };

    private static bool IsBusy(RoutedCall call, string userId)
    {
        var busy = false;
        foreach (var leg in call.Legs)
        {
            if (leg.Party.UserId != userId)
                continue;
            if (leg.State != LegState.Busy)
                return false;
            busy = true;
        }

        return busy;
    }
}
