using Calls.Signaling;

namespace Calls.Machine;

/// <summary>
/// The call as a pure function: no clock, no IO, no task, no lock, no logger. Time arrives as an input; a timer is an effect.
/// </summary>
internal sealed class CallMachine(MachineSettings settings, CallTable? table = null)
{
    private readonly CallTable _table = table ?? CallRules.Table;

    public CallStep Step(MachineState state, CallInput input)
    {
        var row = Classify(state, input);
        var cell = _table[state.State, row];
        return cell.Kind switch
        {
            StepKind.Transition => cell.Rule!(state, input, settings),
            StepKind.Refused => CallStep.Refused(state, _table.Refusal(state.State, row)),
            _ => CallStep.Ignored(state),
        };
    }

    /// <summary>The row that <paramref name="input"/> belongs to, as seen from the current call.</summary>
    public static CallRow Classify(MachineState state, CallInput input)
    {
        var current = state.Call is { } call && input.IsOf(call);
        return input switch
        {
            MessageReceived received => Classify(received.Message, current),
            LocalCandidates => current ? CallRow.LocalCandidates : CallRow.Stale,
            ConnectionChanged => current ? CallRow.Connection : CallRow.Stale,
            TimerFired timer => current ? Classify(timer.Timer) : CallRow.Stale,
            DescriptionDelivered => current ? CallRow.DescriptionDelivered : CallRow.Stale,
            MediaOpened => current ? CallRow.MediaOpened : CallRow.Stale,
            OfferCreated => current ? CallRow.OfferCreated : CallRow.Stale,
            AnswerCreated => current ? CallRow.AnswerCreated : CallRow.Stale,
            DevicesSet => current ? CallRow.DevicesSet : CallRow.Stale,
            MediaFailed => current ? CallRow.MediaFailed : CallRow.Stale,
            LocalVideoReported => current ? CallRow.LocalVideoChanged : CallRow.Stale,
            DeviceLostReported => current ? CallRow.DeviceLost : CallRow.Stale,
            DeviceReplacedReported => current ? CallRow.DeviceReplaced : CallRow.Stale,
            NegotiationReported => current ? CallRow.NegotiationNeeded : CallRow.Stale,
            EndCommand end => current || end.Only.IsEmpty || end.Only == state.Call?.DevicesId ? CallRow.End : CallRow.Stale,
            StartCommand => CallRow.Start,
            AcceptCommand accept => current || accept.Only.IsEmpty ? CallRow.Accept : CallRow.Stale,
            RejectCommand => CallRow.Reject,
            ToggleMuteCommand => CallRow.ToggleMute,
            ToggleVideoCommand => CallRow.ToggleVideo,
            ToggleScreenShareCommand => CallRow.ToggleScreenShare,
            ToggleHoldCommand => CallRow.ToggleHold,
            WelcomeReceived => CallRow.Welcome,
            SignalingClosed => CallRow.SignalingClosed,
            ErrorReceived => current ? CallRow.MessageRefused : CallRow.OtherMessage,
            _ => throw new ArgumentOutOfRangeException(nameof(input), input, "No such input."),
        };
    }

    private static CallRow Classify(CallMessage message, bool current) => message switch
    {
        CandidatesMessage => current ? CallRow.Candidates : CallRow.OtherCandidates,
        OfferMessage => current ? CallRow.OfferAgain : CallRow.Offer,
        AnswerMessage => current ? CallRow.Answer : CallRow.OtherAnswer,
        EndMessage => current ? CallRow.PeerEnd : CallRow.OtherEnd,
        NoAnswerMessage => current ? CallRow.NoAnswer : CallRow.OtherEnd,
        RejectedMessage => current ? CallRow.Rejected : CallRow.OtherEnd,
        RingingMessage => current ? CallRow.PeerRinging : CallRow.OtherMessage,
        NegotiateMessage => current ? CallRow.Negotiate : CallRow.OtherMessage,
        MediaStateMessage => current ? CallRow.PeerMedia : CallRow.OtherMessage,
        _ => CallRow.OtherMessage,
    };

    private static CallRow Classify(CallTimer timer) => timer switch
    {
        CallTimer.Ring => CallRow.RingTimer,
        CallTimer.Connect => CallRow.ConnectTimer,
        CallTimer.Silence => CallRow.SilenceTimer,
        CallTimer.Reconnect => CallRow.ReconnectTimer,
        CallTimer.Negotiation => CallRow.NegotiationTimer,
        _ => CallRow.LingerTimer,
    };
}
