using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>What belongs to another call than the current one never touches the current one.</summary>
internal static class OtherCallRules
{
    /// <summary>
    /// The very device that we are in a call with calls again: its app has crashed and knows nothing of the old call. That one ends, and the new
    /// one rings. Anybody else hears that we are busy.
    /// </summary>
    public static CallStep OfferWhileBusy(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var (call, offer) = (state.Call!, (OfferMessage)received.Message);
        var isRecall = offer.From is { } from && from.UserId == call.Peer?.UserId && from.DeviceId == call.Peer.DeviceId
            && offer.ChatId == call.ChatId
            && !state.Over.Contains(offer.CallId)
            && IncomingRules.RemainingRing(offer, settings) > TimeSpan.Zero;
        return isRecall
            ? EndingRules.Over(
                state, settings, CallEndReason.Replaced, CallEndedBy.Peer, tell: new EndMessage { CallId = call.Id, Reason = EndReasons.Replaced })
                .With(CallEffect.Again(received))
            : Busy(state, received, settings);
    }

    /// <summary>A second caller hears that we are busy; the host hears of a missed call.</summary>
    public static CallStep Busy(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var offer = (OfferMessage)received.Message;
        if (state.Over.Contains(offer.CallId))
            return CallStep.Ignored(state);
        return IncomingRules.RemainingRing(offer, settings) <= TimeSpan.Zero
            ? Missed(state, offer, MissedCallCause.Late)
            : Missed(state, offer, MissedCallCause.Busy)
                .With(CallEffect.Send(new RejectMessage { CallId = offer.CallId, Reason = RejectReasons.Busy }));
    }

    public static CallStep Missed(MachineState state, OfferMessage offer, MissedCallCause cause)
    {
        var from = SnapshotProjection.Peer(offer.From);
        var missed = new MissedCall(offer.CallId, offer.ChatId, from, offer.Video, cause);
        return CallStep.To(
            state with { Over = state.Over.Add(offer.CallId), Early = state.Early.Drop(offer.CallId) }, CallEffect.Missed(missed));
    }

    /// <summary>Somebody believes in a call that is over here: tell him again.</summary>
    public static CallStep AnswerToNoCall(MachineState state, MessageReceived received, MachineSettings settings)
        => CallStep.To(state, CallEffect.Send(new EndMessage { CallId = received.Message.CallId, Reason = EndReasons.Cancelled }));

    /// <summary>
    /// What only the two sides of an answered call hear, in a call that we know nothing of: this device was in it before it crashed. Where both
    /// sides crashed nobody else would ever end it.
    /// </summary>
    public static CallStep InUnknownCall(MachineState state, CallInput input, MachineSettings settings)
        => input is MessageReceived { Message: NegotiateMessage or MediaStateMessage }
            ? CallStep.To(
                state with { Over = state.Over.Add(input.Call), Early = state.Early.Drop(input.Call) },
                CallEffect.Send(new EndMessage { CallId = input.Call, Reason = EndReasons.ConnectionLost }))
            : CallStep.Ignored(state);

    /// <summary>Candidates may overtake their offer; they are kept for it, and dropped when the call is known to be over.</summary>
    public static CallStep Candidates(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var message = (CandidatesMessage)received.Message;
        return state.Over.Contains(message.CallId) || message.Candidates.Count == 0
            ? CallStep.Ignored(state)
            : CallStep.To(state with { Early = state.Early.Keep(message.CallId, message.Candidates, settings.MaxEarlyCandidates) });
    }

    /// <summary>A call that ended before its offer came will not ring.</summary>
    public static CallStep End(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var id = received.Message.CallId;
        return state.Over.Contains(id)
            ? CallStep.Ignored(state)
            : CallStep.To(state with { Over = state.Over.Add(id), Early = state.Early.Drop(id) });
    }
}
