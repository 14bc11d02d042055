namespace Calls.Signaling.Server;

/// <summary>The rules of an answered call: the caller and the answering device speak, and nobody else.</summary>
internal static class AnsweredPhase
{
    public static void Take(Turn turn, int index, Party sender, CallMessage message)
    {
        var leg = turn.Call.Legs[index];
        if (!leg.IsEssential)
        {
            ClosedLeg.Take(turn, index, sender, message);
            return;
        }

        var other = index == 0 ? turn.Call.FindAnswerer() : 0;
        switch (message)
        {
            case CandidatesMessage or NegotiateMessage or MediaStateMessage or RevealMessage:
                Relay(turn, other, sender, message);
                break;
            case EndMessage end:
                turn.CloseLeg(index, EndReasons.Hangup);
                turn.EndLeg(other, Known(end.Reason), sender);
                turn.Finish(Outcome(end.Reason));
                break;
            case InitiateMessage when leg.State == LegState.Calling:
            case AnswerMessage or RingingMessage when leg.State == LegState.Answered:
                break;
            default:
                turn.NotAllowed(sender);
                break;
        }
    }

    private static void Relay(Turn turn, int other, Party sender, CallMessage message)
    {
        var to = turn.Call.Legs[other];
        if (to.IsHeld && to.Outbox.Count >= turn.Call.Settings.MaxKeptMessages)
            turn.Refuse(sender, ErrorCodes.RateLimited, "The other side is away, and no more can be kept for it.");
        else
            turn.Post(other, message, sender);
    }

    private static CallOutcome Outcome(string? reason) => reason switch
    {
        EndReasons.ConnectionLost => CallOutcome.ConnectionLost,
        EndReasons.Failed => CallOutcome.Failed,
        EndReasons.Replaced => CallOutcome.Replaced,
        _ => CallOutcome.Finished,
    };

    private static string Known(string? reason) => reason switch
    {
        EndReasons.Cancelled or EndReasons.AnsweredElsewhere or EndReasons.DeclinedElsewhere or EndReasons.ConnectionLost
            or EndReasons.Failed or EndReasons.Replaced => reason,
        _ => EndReasons.Hangup,
    };
}
