using Calls.Media;
using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>Every way in which a call ends: once, with one reason, and with the other side told where it does not know.</summary>
internal static class EndingRules
{
    public static CallStep Over(
        MachineState state, MachineSettings settings, CallEndReason reason, CallEndedBy by, Exception? error = null, CallMessage? tell = null)
    {
        var call = state.Call!;
        var end = new CallEnd { CallId = call.Id, Reason = reason, By = by, In = state.State, Error = error };
        var over = call with
        {
            End = end,
            Media = MediaStage.None,
            RemoteOffer = null,
            HeldLocal = [],
            HeldRemote = [],
            IsPeerRinging = false,
            IsReconnecting = false,
            Negotiation = default,
        };
        return CallStep.To(
            state with
            {
                State = reason.IsFailure() ? CallState.Failed : CallState.Ended,
                Call = over,
                Over = state.Over.Add(call.Id),
            },
            tell is null ? CallEffect.None : CallEffect.Send(tell),
            CallEffect.Ended(end),
            CallEffect.Set(CallTimer.Linger, settings.EndedLinger));
    }

    /// <summary>
    /// What the other side must be told: a callee that has not answered rejects, who has sent an offer or answer ends, and who has sent
    /// nothing has nobody to tell.
    /// </summary>
    public static CallMessage? Farewell(CallData call, string endReason, string rejectReason = RejectReasons.Declined) => call switch
    {
        { DescriptionSent: true } => new EndMessage { CallId = call.Id, Reason = endReason },
        { Role: CallRole.Callee } => new RejectMessage { CallId = call.Id, Reason = rejectReason },
        _ => null,
    };

    public static CallStep End(MachineState state, EndCommand command, MachineSettings settings) => state.State switch
    {
        CallState.IncomingRinging => Decline(state, settings),
        CallState.Outgoing => Over(state, settings, CallEndReason.Cancelled, CallEndedBy.Me, tell: Farewell(state.Call!, EndReasons.Cancelled)),
        _ => Over(state, settings, CallEndReason.HungUp, CallEndedBy.Me, tell: Farewell(state.Call!, EndReasons.Hangup)),
    };

    public static CallStep Reject(MachineState state, RejectCommand command, MachineSettings settings) => Decline(state, settings);

    private static CallStep Decline(MachineState state, MachineSettings settings)
        => Over(state, settings, CallEndReason.Declined, CallEndedBy.Me, tell: Farewell(state.Call!, EndReasons.Hangup));

    public static CallStep PeerEnd(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var ringing = state.State == CallState.IncomingRinging;
        var (reason, by) = ((EndMessage)received.Message).Reason switch
        {
            EndReasons.AnsweredElsewhere => (CallEndReason.AnsweredElsewhere, CallEndedBy.MyOtherDevice),
            EndReasons.DeclinedElsewhere => (CallEndReason.DeclinedElsewhere, CallEndedBy.MyOtherDevice),
            EndReasons.ConnectionLost => (CallEndReason.ConnectionLost, CallEndedBy.Server),
            EndReasons.Failed => (CallEndReason.PeerFailed, CallEndedBy.Peer),
            EndReasons.Replaced => (CallEndReason.Replaced, CallEndedBy.Peer),
            EndReasons.Cancelled => (CallEndReason.Cancelled, CallEndedBy.Peer),
            _ => (ringing ? CallEndReason.Cancelled : CallEndReason.HungUp, CallEndedBy.Peer),
        };
        return Over(state, settings, reason, by);
    }

    public static CallStep Rejected(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var (reason, by) = ((RejectedMessage)received.Message).Reason switch
        {
            RejectReasons.Busy => (CallEndReason.Busy, CallEndedBy.Peer),
            RejectReasons.MediaFailed => (CallEndReason.PeerMediaFailed, CallEndedBy.Peer),
            RejectReasons.Unavailable => (CallEndReason.Unavailable, CallEndedBy.Server),
            RejectReasons.NotAllowed => (CallEndReason.NotAllowed, CallEndedBy.Server),
            _ => (CallEndReason.Declined, CallEndedBy.Peer),
        };
        return Over(state, settings, reason, by);
    }

    /// <summary>A caller who has the answer knows better than a timeout that crossed it; a callee whose answer came too late does not.</summary>
    public static CallStep NoAnswer(MachineState state, MessageReceived received, MachineSettings settings)
        => state is { State: CallState.Connecting, Call.Role: CallRole.Caller }
            ? CallStep.Ignored(state)
            : Over(state, settings, CallEndReason.NoAnswer, CallEndedBy.Server);

    public static CallStep MediaFailed(MachineState state, MediaFailed failed, MachineSettings settings)
    {
        var denied = failed is { Order: MediaOrder.Open, Error: MediaException { Failure: MediaFailure.PermissionDenied } };
        return Over(
            state,
            settings,
            denied ? CallEndReason.MediaDenied : CallEndReason.MediaFailed,
            CallEndedBy.Me,
            failed.Error,
            Farewell(state.Call!, EndReasons.Failed, RejectReasons.MediaFailed));
    }

    public static CallStep Refused(MachineState state, ErrorReceived received, MachineSettings settings)
        => CallStep.To(state, CallEffect.Trouble(new(
            state.Call!.Id, CallErrorKind.Signaling, $"The server refused a message: {received.Message.Code}. {received.Message.Message}")));

    public static CallStep LingerTimer(MachineState state, TimerFired fired, MachineSettings settings)
        => CallStep.To(state with { State = CallState.Idle, Call = null });
}
