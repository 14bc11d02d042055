using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

/// <summary>At least one input for every row of the table, with every variation that a rule looks at.</summary>
internal static class EveryInput
{
    public static IEnumerable<CallInput> Of(CallRow row) => row switch
    {
        CallRow.Start => 
        [
            new StartCommand(OtherId, "carol", true), new StartCommand(OtherId, "alice", false), new StartCommand(OtherId, "bob", true),
        ],
        CallRow.Accept => [new AcceptCommand(true), new AcceptCommand(false, Id)],
        CallRow.Reject => [new RejectCommand()],
        CallRow.End => [new EndCommand(), new EndCommand(Id)],
        CallRow.ToggleMute => [new ToggleMuteCommand()],
        CallRow.ToggleVideo => [new ToggleVideoCommand()],
        CallRow.ToggleScreenShare => [new ToggleScreenShareCommand()],
        CallRow.ToggleHold => [new ToggleHoldCommand()],
        CallRow.OfferAgain => [Message(Offer(Id))],
        CallRow.Answer => [Message(Answer())],
        CallRow.Candidates => [Message(Candidates(Id, "a")), Message(Candidates(Id))],
        CallRow.PeerEnd => EndReasonsOnTheWire.Select(reason => Message(End(Id, reason))),
        CallRow.Rejected => RejectReasonsOnTheWire.Select(reason => Message(new RejectedMessage { CallId = Id, Reason = reason })),
        CallRow.NoAnswer => [Message(new NoAnswerMessage { CallId = Id })],
        CallRow.PeerRinging => [Message(new RingingMessage { CallId = Id, From = Bob })],
        CallRow.Negotiate => Enum.GetValues<NegotiateKind>().SelectMany(kind => new[]
        {
            Message(Negotiate(kind)), Message(Negotiate(kind) with { NewSession = true }),
        }),
        CallRow.PeerMedia => [Message(new MediaStateMessage { CallId = Id, Muted = true, Video = VideoSource.Screen }), Message(new MediaStateMessage { CallId = Id, Hold = true })],
        CallRow.MessageRefused => ErrorCodesOnTheWire.Select(code => new ErrorReceived(new ErrorMessage { CallId = Id, Code = code })),
        CallRow.Offer =>
        [
            Message(Offer(OtherId)), Message(Offer(SmallerId, video: true)), Message(Offer(OtherId, ageMs: 60_000)),
            Message(Offer(OtherId, from: new("alice", "d2"))), Message(Offer(OtherId, from: Carol) with { ChatId = "carol" }),
        ],
        CallRow.OtherAnswer => [Message(Answer() with { CallId = OtherId })],
        CallRow.OtherCandidates => [Message(Candidates(OtherId, "a")), Message(Candidates(OtherId))],
        CallRow.OtherEnd =>
        [
            Message(End(OtherId)), Message(new NoAnswerMessage { CallId = OtherId }), Message(new RejectedMessage { CallId = OtherId }),
        ],
        CallRow.OtherMessage =>
        [
            Message(new RingingMessage { CallId = OtherId }), Message(Negotiate(NegotiateKind.Offer) with { CallId = OtherId }),
            Message(new MediaStateMessage { CallId = OtherId }), Message(new InitiateMessage { CallId = Id }), Message(new RejectMessage { CallId = Id }),
            new ErrorReceived(new ErrorMessage { Code = ErrorCodes.RateLimited }),
        ],
        CallRow.Welcome =>
        [
            new WelcomeReceived(new WelcomeMessage { UserId = "alice", DeviceId = "d1" }),
            new WelcomeReceived(new WelcomeMessage { UserId = "alice", DeviceId = "d1", Calls = [new(Id, 1)] }),
        ],
        CallRow.DescriptionDelivered => [new DescriptionDelivered(Id)],
        CallRow.SignalingClosed => [new SignalingClosed(null)],
        CallRow.MediaOpened =>
        [
            new MediaOpened(Id, false, VideoSource.Camera),
            new MediaOpened(Id, false, VideoSource.Off, new MediaException(MediaFailure.NoDevice, "none")),
        ],
        CallRow.OfferCreated => [new OfferCreated(Id, Sdp)],
        CallRow.AnswerCreated => [new AnswerCreated(Id, Sdp)],
        CallRow.MediaFailed => Enum.GetValues<MediaOrder>().SelectMany(order => Enum.GetValues<MediaFailure>().Select(
            failure => new MediaFailed(Id, order, new MediaException(failure, "broken")))),
        CallRow.LocalCandidates => [new LocalCandidates(Id, [new("a")])],
        CallRow.Connection => Enum.GetValues<MediaConnectionState>().Select(state => new ConnectionChanged(Id, state)),
        CallRow.DevicesSet => 
        [
            new DevicesSet(Id, new(true, VideoSource.Off), new(true, VideoSource.Off)),
            new DevicesSet(Id, new(false, VideoSource.Off, true), new(false, VideoSource.Off), new MediaException(MediaFailure.Other, "no hold")),
        ],
        CallRow.LocalVideoChanged => [new LocalVideoReported(Id, VideoSource.Off, null)],
        CallRow.DeviceReplaced => [new DeviceReplacedReported(Id, MediaDeviceKind.Camera, new MediaException(MediaFailure.NoDevice, "unplugged"))],
        CallRow.DeviceLost => new[] { CallErrorKind.Microphone, CallErrorKind.Speaker }.Select(kind => new DeviceLostReported(Id, kind, new MediaException(MediaFailure.NoDevice, "unplugged"))),
        CallRow.NegotiationNeeded => [new NegotiationReported(Id)],
        CallRow.RingTimer => [new TimerFired(Id, CallTimer.Ring)],
        CallRow.ConnectTimer => [new TimerFired(Id, CallTimer.Connect)],
        CallRow.SilenceTimer => [new TimerFired(Id, CallTimer.Silence)],
        CallRow.ReconnectTimer => [new TimerFired(Id, CallTimer.Reconnect)],
        CallRow.NegotiationTimer => [new TimerFired(Id, CallTimer.Negotiation)],
        CallRow.LingerTimer => [new TimerFired(Id, CallTimer.Linger)],
        CallRow.Stale => [new TimerFired(OtherId, CallTimer.Ring), new MediaOpened(OtherId, false, VideoSource.Off), new EndCommand(OtherId)],
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "A row without an input."),
    };

    /// <summary>Several ways to be in a state, so that a cell is walked as caller and callee, early and late.</summary>
    public static IEnumerable<MachineRun> WaysTo(CallState state) => state switch
    {
        CallState.Outgoing => [Opening(), Opening(true).Tell(new MediaOpened(Id, false, VideoSource.Camera)), Outgoing(), Outgoing(true)],
        CallState.IncomingRinging => [Ringing(), Ringing(true)],
        CallState.Connecting => [ConnectingCaller(), ConnectingCallee(), Accepted(), Accepted(true)],
        CallState.Connected =>
        [
            Connected(), ConnectedCallee(true), Connected().Tell(new ToggleHoldCommand()), Connected(true).Tell(new ToggleScreenShareCommand()), Connected().Fire(CallTimer.Silence), Connected().Tell(new NegotiationReported(Id)),
            Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)), ConnectedCallee().Receive(Negotiate(NegotiateKind.Offer)),
        ],
        _ => [In(state)],
    };

    private static string[] EndReasonsOnTheWire => [.. Constants(typeof(EndReasons)), "unheard-of"];

    private static string[] RejectReasonsOnTheWire => [.. Constants(typeof(RejectReasons)), "unheard-of"];

    private static string[] ErrorCodesOnTheWire => Constants(typeof(ErrorCodes));

    private static string[] Constants(Type type) => [.. type.GetFields().Select(field => (string)field.GetValue(null)!)];

    private static MessageReceived Message(CallMessage message) => new MessageReceived(message);
}
