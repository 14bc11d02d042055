using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Benchmarks.Situations;

namespace Calls.Benchmarks;

/// <summary>A state and the input that it is told.</summary>
public sealed class StepCase
{
    private static readonly CallId OtherId = CallId.New();
    private static readonly MediaException Broken = new(MediaFailure.Other, "broken");
    private static readonly MachineState Connected = After(Start, Opened, Created, Delivered, Answer, Up);
    private static readonly MachineState Connecting = After(Start, Opened, Created, Delivered, Answer);
    private static readonly MachineState Outgoing = After(Start, Opened, Created, Delivered);
    private static readonly MachineState Ringing = After(Offer);
    private static readonly MachineState Ended = After(Start, Opened, Created, Delivered, Answer, Up, End);

    private readonly string _name;
    private readonly MachineState _state;
    private readonly CallInput _input;

    private StepCase(string name, MachineState state, CallInput input) => (_name, _state, _input) = (name, state, input);

    /// <summary>A message of the current call that is of no use any more.</summary>
    public static StepCase Ignored { get; } = new(nameof(Ignored), Connected, Message(new RejectedMessage { CallId = Id }));

    public int Step() => Pure.Step(_state, _input).EffectCount;

    public override string ToString() => _name;

    internal static StepCase Of(CallRow row)
    {
        var (state, input) = Situation(row);
        return CallMachine.Classify(state, input) == row
            ? new(row.ToString(), state, input)
            : throw new InvalidOperationException($"The input for {row} belongs to another row.");
    }

    private static (MachineState State, CallInput Input) Situation(CallRow row) => row switch
    {
        CallRow.Start => (MachineState.Initial, Start),
        CallRow.Accept => (Ringing, Accept),
        CallRow.Reject => (Ringing, new RejectCommand()),
        CallRow.End => (Connected, End),
        CallRow.ToggleMute => (Connected, new ToggleMuteCommand()),
        CallRow.ToggleVideo => (Connected, new ToggleVideoCommand()),
        CallRow.ToggleScreenShare => (Connected, new ToggleScreenShareCommand()),
        CallRow.ToggleHold => (Connected, new ToggleHoldCommand()),
        CallRow.OfferAgain => (Outgoing, Offer),
        CallRow.Answer => (Outgoing, Answer),
        CallRow.Candidates => (Connected, Candidates),
        CallRow.PeerEnd => (Connected, Message(new EndMessage { CallId = Id, Reason = EndReasons.Hangup })),
        CallRow.Rejected => (Outgoing, Message(new RejectedMessage { CallId = Id, Reason = RejectReasons.Busy })),
        CallRow.NoAnswer => (Outgoing, Message(new NoAnswerMessage { CallId = Id })),
        CallRow.PeerRinging => (Outgoing, Message(new RingingMessage { CallId = Id })),
        CallRow.Negotiate => (Connected, Message(new NegotiateMessage { CallId = Id, Kind = NegotiateKind.Offer, Round = 1, Sdp = "v=0" })),
        CallRow.PeerMedia => (Connected, Message(new MediaStateMessage { CallId = Id, Muted = true, Video = VideoSource.Camera })),
        CallRow.MessageRefused => (Outgoing, new ErrorReceived(new ErrorMessage { CallId = Id, Code = ErrorCodes.NotAllowed })),
        CallRow.Offer => (MachineState.Initial, Offer),
        CallRow.OtherAnswer => (Connected, Message(new AnswerMessage { CallId = OtherId, Sdp = "v=0" })),
        CallRow.OtherCandidates => (Connected, Message(new CandidatesMessage { CallId = OtherId, Candidates = [new("candidate:1", "0", 0)] })),
        CallRow.OtherEnd => (Connected, Message(new EndMessage { CallId = OtherId })),
        CallRow.OtherMessage => (Connected, Message(new MediaStateMessage { CallId = OtherId })),
        CallRow.Welcome => (Connected, new WelcomeReceived(new WelcomeMessage { UserId = "alice", DeviceId = "phone" })),
        CallRow.DescriptionDelivered => (After(Start, Opened, Created), Delivered),
        CallRow.SignalingClosed => (After(Start, Opened, Created), new SignalingClosed(null)),
        CallRow.MediaOpened => (After(Start), Opened),
        CallRow.OfferCreated => (After(Start, Opened), Created),
        CallRow.AnswerCreated => (After(Offer, Accept, Opened), new AnswerCreated(Id, "v=0")),
        CallRow.MediaFailed => (After(Start), new MediaFailed(Id, MediaOrder.Open, Broken)),
        CallRow.LocalCandidates => (Connected, new LocalCandidates(Id, [new("candidate:1", "0", 0)])),
        CallRow.Connection => (Connecting, Up),
        CallRow.DevicesSet => (After(Start, Opened, Created, Delivered, Answer, Up, new ToggleMuteCommand()), new DevicesSet(Id, Muted, Muted)),
        CallRow.LocalVideoChanged => (Connected, new LocalVideoReported(Id, VideoSource.Off, Broken)),
        CallRow.DeviceLost => (Connected, new DeviceLostReported(Id, CallErrorKind.Microphone, Broken)),
        CallRow.DeviceReplaced => (Connected, new DeviceReplacedReported(Id, MediaDeviceKind.Camera, Broken)),
        CallRow.NegotiationNeeded => (Connected, new NegotiationReported(Id)),
        CallRow.RingTimer => (Outgoing, new TimerFired(Id, CallTimer.Ring)),
        CallRow.ConnectTimer => (Connecting, new TimerFired(Id, CallTimer.Connect)),
        CallRow.SilenceTimer => (Connected, new TimerFired(Id, CallTimer.Silence)),
        CallRow.ReconnectTimer => (After(Start, Opened, Created, Delivered, Answer, Up, new TimerFired(Id, CallTimer.Silence)), new TimerFired(Id, CallTimer.Reconnect)),
        CallRow.NegotiationTimer => (After(Start, Opened, Created, Delivered, Answer, Up, new NegotiationReported(Id)), new TimerFired(Id, CallTimer.Negotiation)),
        CallRow.LingerTimer => (Ended, Linger),
        CallRow.Stale => (Connected, new TimerFired(OtherId, CallTimer.Ring)),
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "A row without an input."),
    };

    private static DeviceWish Muted => new(Muted: true, VideoSource.Camera);
}
