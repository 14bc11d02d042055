namespace Calls.Signaling.Server;

/// <summary>The rules until somebody answers.</summary>
internal static class RingingPhase
{
    public static void Start(Turn turn, IReadOnlyList<Callee> callees, IReadOnlyList<Party> online)
    {
        ValueArray<Callee> rung = default;
        for (var i = 0; i < callees.Count; i++)
        {
            if (callees[i].UserId != turn.Call.Caller.UserId && FindCallee(rung, callees[i].UserId) < 0)
                rung = rung.Add(callees[i]);
        }

        if (rung.Count == 0 && callees.Count > 0)
        {
            turn.CloseLeg(0, EndReasons.Failed);
            turn.Post(0, new RejectedMessage { CallId = turn.Call.Id, Reason = RejectReasons.NotAllowed }, from: null);
            turn.Finish(CallOutcome.NotAllowed);
            return;
        }

        turn.Update(turn.Call with { Callees = rung });
        turn.SetTimer(new CallTimer(CallTimerKind.Ring), turn.Call.Settings.RingTimeout);
        for (var i = 0; i < online.Count; i++)
            Ring(turn, online[i]);
        foreach (var callee in rung)
        {
            if (!IsOnline(callee, online))
                turn.Notify(callee);
        }
    }

    /// <summary>Gives a callee's device the offer and the candidates that came since, if it has not got them.</summary>
    public static void Ring(Turn turn, Party party)
    {
        var call = turn.Call;
        var callee = FindCallee(call.Callees, party.UserId);
        if (callee < 0 || call.Callees[callee].Rejection is not null || call.FindLeg(DeviceKey.Of(party)) >= 0)
            return;
        turn.Update(call with { Legs = call.Legs.Add(new Leg { Party = party, State = LegState.Ringing }) });
        var leg = turn.Call.Legs.Count - 1;
        var offer = new OfferMessage
        {
            CallId = call.Id,
            ChatId = call.Callees[callee].ChatId,
            Video = call.Video,
            SdpText = call.OfferText,
            TraceParent = call.TraceParent,
            Commitment = call.Commitment,
            RingTimeoutMs = (long)call.Settings.RingTimeout.TotalMilliseconds,
        };
        turn.Post(leg, offer, call.Caller);
        foreach (var candidates in call.CallerCandidates)
            turn.Post(leg, candidates, call.Caller);
    }

    public static void Take(Turn turn, int index, Party sender, CallMessage message)
    {
        switch (turn.Call.Legs[index].State)
        {
            case LegState.Calling:
                TakeFromCaller(turn, sender, message);
                break;
            case LegState.Ringing:
                TakeFromCallee(turn, index, sender, message);
                break;
            default:
                ClosedLeg.Take(turn, index, sender, message);
                break;
        }
    }

    /// <summary>The ring time has passed.</summary>
    public static void TimeUp(Turn turn)
    {
        if (turn.Call.Phase != RoutedCallPhase.Ringing)
            return;
        for (var i = 0; i < turn.Call.Legs.Count; i++)
        {
            var state = turn.Call.Legs[i].State;
            if (state is not (LegState.Calling or LegState.Ringing))
                continue;
            turn.CloseLeg(i, EndReasons.Cancelled);
            turn.Post(i, new NoAnswerMessage { CallId = turn.Call.Id }, from: null);
        }

        turn.Finish(CallOutcome.NoAnswer);
    }

    /// <summary>The caller gave up, or is gone.</summary>
    public static void Cancel(Turn turn, CallOutcome outcome)
    {
        EndRinging(turn, EndReasons.Cancelled, turn.Call.Caller);
        turn.Finish(outcome);
    }

    private static void TakeFromCaller(Turn turn, Party sender, CallMessage message)
    {
        switch (message)
        {
            case InitiateMessage:
                break;
            case CandidatesMessage candidates:
                candidates = candidates with { Seq = null, From = null };
                turn.Update(turn.Call with { CallerCandidates = turn.Call.CallerCandidates.Add(candidates) });
                for (var i = 1; i < turn.Call.Legs.Count; i++)
                {
                    if (turn.Call.Legs[i].State == LegState.Ringing)
                        turn.Post(i, candidates, sender);
                }

                break;
            case EndMessage end:
                turn.CloseLeg(0, EndReasons.Cancelled);
                Cancel(turn, end.Reason switch
                {
                    EndReasons.Failed => CallOutcome.Failed,
                    EndReasons.Replaced => CallOutcome.Replaced,
                    _ => CallOutcome.Cancelled,
                });
                break;
            default:
                turn.NotAllowed(sender);
                break;
        }
    }

    private static void TakeFromCallee(Turn turn, int index, Party sender, CallMessage message)
    {
        switch (message)
        {
            case RingingMessage when turn.Call.Legs[index].HasRung:
                break;
            case RingingMessage:
                turn.Update(index, turn.Call.Legs[index] with { HasRung = true });
                turn.Post(0, message, sender);
                break;
            case AnswerMessage:
                Answer(turn, index, sender, message);
                break;
            case RejectMessage { Reason: RejectReasons.Busy }:
                Refusal.Busy(turn, index, sender);
                break;
            case RejectMessage { Reason: RejectReasons.MediaFailed }:
                Refusal.Decline(turn, index, sender, RejectReasons.MediaFailed);
                break;
            case RejectMessage or EndMessage:
                Refusal.Decline(turn, index, sender, RejectReasons.Declined);
                break;
            default:
                turn.NotAllowed(sender);
                break;
        }
    }

    private static void Answer(Turn turn, int index, Party sender, CallMessage message)
    {
        var leg = turn.Call.Legs[index];

        // Who answers has the offer. It is never replayed: at a device that was started anew it would ring once more.
        var kept = leg.Outbox is [{ Message: OfferMessage }, ..] ? leg.Outbox.Skip(1) : leg.Outbox;
        turn.Update(index, leg with { State = LegState.Answered, Outbox = kept });
        turn.CancelTimer(new CallTimer(CallTimerKind.Ring));
        turn.Post(0, message, sender);
        EndRinging(turn, EndReasons.AnsweredElsewhere, sender);
        turn.Update(turn.Call.Answered(sender, turn.Now));
        if (turn.Call.Legs[index].IsAway)
            turn.SetTimer(new CallTimer(CallTimerKind.Away, turn.Call.Legs[index].Device), turn.Call.Settings.ResumeWindow);
    }

    /// <summary>Ends the call for every device that rings, or for those of one user.</summary>
    public static void EndRinging(Turn turn, string reason, Party from, string? userId = null)
    {
        for (var i = 1; i < turn.Call.Legs.Count; i++)
        {
            var leg = turn.Call.Legs[i];
            if (leg.State == LegState.Ringing && (userId is null || leg.Party.UserId == userId))
                turn.EndLeg(i, reason, from);
        }
    }

    public static int FindCallee(ValueArray<Callee> callees, string userId)
    {
        for (var i = 0; i < callees.Count; i++)
        {
            if (callees[i].UserId == userId)
                return i;
        }

        return -1;
    }

    private static bool IsOnline(Callee callee, IReadOnlyList<Party> online)
    {
        for (var i = 0; i < online.Count; i++)
        {
            if (online[i].UserId == callee.UserId)
                return true;
        }

        return false;
    }
}
