using Calls.Media;
using Calls.Signaling;

namespace Calls.Machine;

/// <summary>Something that the machine is told. <see cref="Call"/> names the call it belongs to; empty: whichever is current.</summary>
internal abstract record CallInput
{
    public virtual CallId Call => default;

    public virtual bool IsOf(CallData call) => Call == call.Id;
}

/// <summary>
/// A report of the devices, which may outlive the call that they were opened for, as a connection never does. <see cref="CallInput.Call"/> names that call.
/// </summary>
internal abstract record DeviceReport(CallId Id) : CallInput
{
    public override CallId Call => Id;

    public override bool IsOf(CallData call) => Id == call.DevicesId;
}

// What the user does.
internal sealed record StartCommand(CallId Id, string ChatId, bool Video) : CallInput;

/// <param name="Video">Whether to open the camera too.</param>
/// <param name="Only">Accepts this call and no other: the one that the user saw ringing; empty: whichever is current.</param>
internal sealed record AcceptCommand(bool Video, CallId Only = default) : CallInput
{
    public override CallId Call => Only;
}

internal sealed record RejectCommand : CallInput;

/// <param name="Only">Ends this call and no other (a cancelled token); empty: whichever is current.</param>
internal sealed record EndCommand(CallId Only = default) : CallInput
{
    public override CallId Call => Only;
}

internal sealed record ToggleMuteCommand : CallInput;

internal sealed record ToggleVideoCommand : CallInput;

internal sealed record ToggleScreenShareCommand : CallInput;

internal sealed record ToggleHoldCommand : CallInput;

// What the server says.
internal sealed record MessageReceived(CallMessage Message) : CallInput
{
    public override CallId Call => Message.CallId;
}

internal sealed record WelcomeReceived(WelcomeMessage Message) : CallInput;

internal sealed record ErrorReceived(ErrorMessage Message) : CallInput
{
    public override CallId Call => Message.CallId ?? default;
}

internal sealed record DescriptionDelivered(CallId Id) : CallInput
{
    public override CallId Call => Id;
}

internal sealed record SignalingClosed(Exception? Error) : CallInput;

// What media reports.
internal sealed record MediaOpened(CallId Id, bool Muted, VideoSource Video, MediaException? VideoFailure = null) : DeviceReport(Id);

internal sealed record OfferCreated(CallId Id, string Sdp) : CallInput
{
    public override CallId Call => Id;
}

internal sealed record AnswerCreated(CallId Id, string Sdp) : CallInput
{
    public override CallId Call => Id;
}

internal sealed record MediaFailed(CallId Id, MediaOrder Order, Exception Error) : CallInput
{
    public override CallId Call => Id;

    public override bool IsOf(CallData call) => Id == (Order is MediaOrder.Open or MediaOrder.SetDevices ? call.DevicesId : call.Id);
}

internal sealed record LocalCandidates(CallId Id, IReadOnlyList<IceCandidate> Candidates) : CallInput
{
    public override CallId Call => Id;
}

internal sealed record ConnectionChanged(CallId Id, MediaConnectionState State, bool NeedsNewSession = false) : CallInput
{
    public override CallId Call => Id;
}

internal sealed record DevicesSet(CallId Id, DeviceWish Asked, DeviceWish Actual, MediaException? Failure = null) : DeviceReport(Id);

internal sealed record LocalVideoReported(CallId Id, VideoSource Video, MediaException? Cause) : DeviceReport(Id);

internal sealed record DeviceLostReported(CallId Id, CallErrorKind Kind, MediaException Cause) : DeviceReport(Id);

internal sealed record DeviceReplacedReported(CallId Id, MediaDeviceKind Kind, MediaException Cause) : DeviceReport(Id);

internal sealed record NegotiationReported(CallId Id) : CallInput
{
    public override CallId Call => Id;
}

// Time.
internal sealed record TimerFired(CallId Id, CallTimer Timer) : CallInput
{
    public override CallId Call => Id;
}
