using Calls.Media;
using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>
/// Offer and answer inside a running call, one at a time. Where both sides offer at once the callee gives way: it takes back its own offer,
/// answers the caller's, and offers again ("perfect negotiation", W3C WebRTC 1.0, section 10.7).
/// </summary>
internal static class NegotiationRules
{
    /// <summary>After so many refusals in a row the waits grow no more.</summary>
    private const int MostRefusals = 6;

    /// <summary>The engine wants a round; before Connected it is owed until then.</summary>
    public static CallStep Needed(MachineState state, NegotiationReported needed, MachineSettings settings)
        => Owe(CallStep.To(state), restart: false, settings);

    /// <summary>A connection that is lost does not wait for what the peer refused while it stood.</summary>
    public static CallStep Owe(CallStep step, bool restart, MachineSettings settings)
    {
        var call = step.State.Call!;
        var negotiation = call.Negotiation;
        var owed = negotiation with
        {
            Again = true, Restart = negotiation.Restart || restart, Refusals = restart ? 0 : negotiation.Refusals,
        };
        return Continue(step.In(step.State with { Call = call with { Negotiation = owed } }), settings);
    }

    /// <summary>Begins the round that is owed, if it may begin now.</summary>
    public static CallStep Continue(CallStep step, MachineSettings settings)
        => step.State.Call!.Negotiation.Refusals == 0 ? Begin(step, settings) : step;

    private static CallStep Begin(CallStep step, MachineSettings settings)
    {
        var state = step.State;
        var negotiation = state.Call!.Negotiation;
        if (state.State != CallState.Connected || !negotiation.Again || negotiation.Stage != NegotiationStage.None)
            return step;
        var fresh = SessionRules.IsNeeded(state.Call, settings);
        var offering = negotiation with
        {
            Stage = NegotiationStage.Offering, Round = negotiation.Round + 1, Again = false, Restart = false, Fresh = fresh,
        };
        var call = state.Call with { Negotiation = offering, NeedsNewSession = state.Call.NeedsNewSession && !fresh };
        return step.In(state with { Call = call })
            .With(
                CallEffect.Media(MediaOrder.Connect).If(fresh),
                CallEffect.Media(negotiation.Restart && !fresh ? MediaOrder.RestartIce : MediaOrder.CreateOffer),
                CallEffect.Set(CallTimer.Negotiation, settings.NegotiationTimeout));
    }

    public static CallStep OfferCreated(MachineState state, OfferCreated created, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.Negotiation.Stage != NegotiationStage.Offering)
            return CallStep.Ignored(state);
        var offer = new NegotiateMessage
        {
            CallId = call.Id, Kind = NegotiateKind.Offer, Round = call.Negotiation.Round, Sdp = created.Sdp, NewSession = call.Negotiation.Fresh,
        };
        return Flush(At(state, NegotiationStage.Offered, CallEffect.Send(offer)));
    }

    public static CallStep AnswerCreated(MachineState state, AnswerCreated created, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.Negotiation.Stage != NegotiationStage.Answering)
            return CallStep.Ignored(state);
        var answer = new NegotiateMessage { CallId = call.Id, Kind = NegotiateKind.Answer, Round = call.Negotiation.Round, Sdp = created.Sdp };
        return Continue(
            Flush(At(state, NegotiationStage.None, CallEffect.Cancel(CallTimer.Negotiation), CallEffect.Send(answer), SessionRules.Await(call, settings))), settings);
    }

    /// <summary>Before this side is connected no peer may change what was agreed; it is told so, and asks again.</summary>
    public static CallStep TooEarly(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var message = (NegotiateMessage)received.Message;
        return message.Kind == NegotiateKind.Offer
            ? CallStep.To(state, CallEffect.Send(Reject(message)))
            : CallStep.Ignored(state);
    }

    public static CallStep Received(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var message = (NegotiateMessage)received.Message;
        var negotiation = state.Call!.Negotiation;
        var isMine = negotiation.Stage == NegotiationStage.Offered && message.Round == negotiation.Round;
        return message.Kind switch
        {
            NegotiateKind.Offer => Offer(state, message, settings),
            NegotiateKind.Answer when isMine => Continue(
                At(
                    state,
                    NegotiationStage.None,
                    CallEffect.Cancel(CallTimer.Negotiation),
                    CallEffect.Media(MediaOrder.TakeAnswer, message.Sdp),
                    SessionRules.Await(state.Call, settings)),
                settings),
            NegotiateKind.Reject when isMine => Rejected(state, message, settings),
            _ => CallStep.Ignored(state),
        };
    }

    private static CallStep Offer(MachineState state, NegotiateMessage offer, MachineSettings settings)
    {
        var call = state.Call!;
        var negotiation = call.Negotiation;
        if (negotiation.Stage == NegotiationStage.Answering)
            return CallStep.To(state, CallEffect.Send(Reject(offer)));
        var crossed = negotiation.Stage is NegotiationStage.Offering or NegotiationStage.Offered;
        if (crossed && call.Role == CallRole.Caller)
            return CallStep.Ignored(state);
        if (!offer.NewSession && !SessionRules.CanTake(call, settings))
            return SessionRules.AskForNew(state, offer, settings);
        var answering = negotiation with
        {
            Stage = NegotiationStage.Answering, Round = offer.Round, Again = negotiation.Again || crossed, Fresh = offer.NewSession,
        };
        var held = offer.NewSession ? [] : call.HeldLocal;
        return CallStep.To(
            state with { Call = call with { Negotiation = answering, HeldLocal = held, NeedsNewSession = call.NeedsNewSession && !offer.NewSession } },
            CallEffect.Media(MediaOrder.Rollback).If(crossed && !offer.NewSession),
            CallEffect.Media(MediaOrder.Connect).If(offer.NewSession),
            CallEffect.Media(MediaOrder.AnswerOffer, offer.Sdp),
            CallEffect.Set(CallTimer.Negotiation, settings.NegotiationTimeout));
    }

    /// <summary>
    /// The peer could not take the offer now: take it back, and ask again later, each time twice as much later; or at once where it takes one of a new
    /// session.
    /// </summary>
    private static CallStep Rejected(MachineState state, NegotiateMessage refusal, MachineSettings settings)
    {
        var refused = state.Call!.Negotiation;
        if (refused.Fresh)
            return SessionRules.Mend(At(state, NegotiationStage.None), settings);
        if (refusal.NewSession)
            return SessionRules.Again(At(state, NegotiationStage.None), atOnce: true, settings);
        var refusals = Math.Min(refused.Refusals + 1, MostRefusals);
        var step = At(
            state,
            NegotiationStage.None,
            CallEffect.Media(MediaOrder.Rollback),
            refusals == MostRefusals && refused.Refusals < MostRefusals
                ? Trouble(state.Call, "The other side refuses every negotiation; what was agreed before stays.")
                : CallEffect.None,
            CallEffect.Set(CallTimer.Negotiation, settings.NegotiationRetry * (1 << (refusals - 1))));
        var call = step.State.Call!;
        return step.In(step.State with { Call = call with { Negotiation = call.Negotiation with { Again = true, Refusals = refusals } } });
    }

    public static CallStep Timer(MachineState state, TimerFired fired, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.Negotiation.Stage == NegotiationStage.None)
            return Begin(CallStep.To(state), settings);
        var offered = call.Negotiation.Stage is NegotiationStage.Offering or NegotiationStage.Offered;
        if (call.Negotiation.Fresh)
            return SessionRules.Mend(At(state, NegotiationStage.None), settings);
        var step = At(
            state,
            NegotiationStage.None,
            CallEffect.Media(MediaOrder.Rollback).If(offered),
            Trouble(call, "The other side did not answer a negotiation in time."));

        // A connection that is lost is offered again while there is time: signaling was away with it.
        var owed = (offered || call.NeedsNewSession) && call.IsReconnecting && !call.IsForgotten;
        var again = step.State.Call!.Negotiation with { Again = owed, Restart = owed };
        return Continue(Flush(step.In(step.State with { Call = step.State.Call with { Negotiation = again } })), settings);
    }

    /// <summary>In a running call a failed negotiation leaves what was agreed before; only a lost engine ends the call.</summary>
    public static CallStep MediaFailed(MachineState state, MediaFailed failed, MachineSettings settings)
    {
        var call = state.Call!;
        if (failed.Error is MediaException { Failure: MediaFailure.EngineLost })
            return EndingRules.MediaFailed(state, failed, settings);
        var refusal = new NegotiateMessage { CallId = call.Id, Kind = NegotiateKind.Reject, Round = call.Negotiation.Round };
        var step = At(
            state,
            NegotiationStage.None,
            CallEffect.Cancel(CallTimer.Negotiation),
            CallEffect.Send(refusal).If(call.Negotiation.Stage == NegotiationStage.Answering),
            CallEffect.Media(MediaOrder.Rollback).If(failed.Order == MediaOrder.TakeAnswer),
            Trouble(call, "A negotiation failed; what was agreed before stays.", failed.Error));
        if (call.Negotiation.Fresh)
            return SessionRules.Mend(step, settings);

        // A session that keeps its offer takes no other one, of either side: nothing can be agreed in it any more.
        return failed.Order == MediaOrder.Rollback ? SessionRules.Again(step, atOnce: false, settings) : Continue(Flush(step), settings);
    }

    /// <summary>What was agreed, or given up, leaves no new session to agree on, and no refusal.</summary>
    private static CallStep At(MachineState state, NegotiationStage stage, params ReadOnlySpan<CallEffect> effects)
    {
        var negotiation = state.Call!.Negotiation;
        var at = stage == NegotiationStage.None
            ? negotiation with { Stage = stage, Fresh = false, Refusals = 0 }
            : negotiation with { Stage = stage };
        return CallStep.To(state with { Call = state.Call with { Negotiation = at } }, effects);
    }

    /// <summary>Sends the candidates that waited for their offer or answer.</summary>
    private static CallStep Flush(CallStep step)
    {
        var call = step.State.Call!;
        return call.HeldLocal.Length == 0
            ? step
            : step.In(step.State with { Call = call with { HeldLocal = [] } })
                .With(CallEffect.SendHeld(call.Id, call.HeldLocal));
    }

    private static NegotiateMessage Reject(NegotiateMessage offer)
        => new() { CallId = offer.CallId, Kind = NegotiateKind.Reject, Round = offer.Round };

    private static CallEffect Trouble(CallData call, string message, Exception? error = null)
        => CallEffect.Trouble(new(call.Id, CallErrorKind.Negotiation, message, error));
}
