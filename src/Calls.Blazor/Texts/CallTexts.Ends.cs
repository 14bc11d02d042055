using Calls.Media;

namespace Calls.Blazor;

public partial class CallTexts
{
    /// <summary>How a call ended, as a sentence.</summary>
    /// <param name="end">Why, and who ended it.</param>
    /// <param name="role">Which side this is.</param>
    /// <param name="name">The other side.</param>
    public virtual string Ended(CallEnd end, CallRole? role, string name)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end.Reason switch
        {
            CallEndReason.HungUp => "Call ended",
            CallEndReason.Cancelled => end.By == CallEndedBy.Me ? "Call cancelled" : $"Missed call from {name}",
            CallEndReason.Declined => end.By == CallEndedBy.Me ? "Call declined" : $"{name} declined the call",
            CallEndReason.Busy => $"{name} is in another call",
            CallEndReason.NoAnswer => role == CallRole.Callee ? $"Missed call from {name}" : $"{name} did not answer",
            CallEndReason.AnsweredElsewhere => "Answered on another device",
            CallEndReason.DeclinedElsewhere => "Declined on another device",
            CallEndReason.Replaced => "A newer call took its place",
            CallEndReason.Unavailable => $"{name} cannot be reached right now",
            CallEndReason.NotAllowed => $"You cannot call {name}",
            CallEndReason.MediaDenied => NoMicrophone((end.Error as MediaException)?.Failure ?? MediaFailure.PermissionDenied),
            CallEndReason.MediaFailed => NoMicrophone((end.Error as MediaException)?.Failure ?? MediaFailure.Other),
            CallEndReason.PeerMediaFailed => $"{name} could not turn on the microphone",
            CallEndReason.ConnectTimeout => "The call could not be connected. Check your internet connection and try again.",
            CallEndReason.ConnectFailed => "No connection could be made between the two of you. Another network may help.",
            CallEndReason.ConnectionLost => "The connection was lost",
            CallEndReason.SignalingFailed => "The call could not be placed. Check your internet connection and try again.",
            CallEndReason.PeerFailed => $"Something went wrong on {name}’s side",
            _ => "Call ended",
        };
    }

    /// <summary>Why the call has no microphone, or no engine, and what to do about it.</summary>
    public virtual string NoMicrophone(MediaFailure failure) => failure switch
    {
        MediaFailure.PermissionDenied => "The microphone is blocked. Allow it for this page in your browser, then call again.",
        MediaFailure.NoDevice => "No microphone was found. Plug one in, then call again.",
        MediaFailure.DeviceInUse => "Another app is using the microphone. Close that app, then call again.",
        MediaFailure.InsecureOrigin => "Calls need a secure page. Open this page with https:// at the start of its address.",
        MediaFailure.NotSupported => "This browser cannot make calls. Try a newer one.",
        MediaFailure.BadDescription => "The two sides did not understand each other. An update on either side may help.",
        MediaFailure.EngineLost => "This page lost its connection. Load it again.",
        _ => "The microphone could not be turned on. Try again.",
    };
}
