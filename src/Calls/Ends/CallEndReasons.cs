namespace Calls;

/// <summary>What follows from a reason.</summary>
public static class CallEndReasons
{
    /// <summary>Whether something broke, so that the call is Failed and not Ended.</summary>
    public static bool IsFailure(this CallEndReason reason) => reason is
        CallEndReason.MediaDenied or CallEndReason.MediaFailed or CallEndReason.PeerMediaFailed or CallEndReason.ConnectTimeout
        or CallEndReason.ConnectFailed
        or CallEndReason.ConnectionLost or CallEndReason.SignalingFailed or CallEndReason.PeerFailed or CallEndReason.NotAllowed;

    /// <summary>The reason's name in pages and logs: lower case with hyphens, as in <c>hung-up</c>.</summary>
    public static string ToKey(this CallEndReason reason) => reason switch
    {
        CallEndReason.HungUp => "hung-up",
        CallEndReason.Cancelled => "cancelled",
        CallEndReason.Declined => "declined",
        CallEndReason.Busy => "busy",
        CallEndReason.NoAnswer => "no-answer",
        CallEndReason.AnsweredElsewhere => "answered-elsewhere",
        CallEndReason.DeclinedElsewhere => "declined-elsewhere",
        CallEndReason.Replaced => "replaced",
        CallEndReason.Unavailable => "unavailable",
        CallEndReason.NotAllowed => "not-allowed",
        CallEndReason.MediaDenied => "media-denied",
        CallEndReason.MediaFailed => "media-failed",
        CallEndReason.PeerMediaFailed => "peer-media-failed",
        CallEndReason.ConnectTimeout => "connect-timeout",
        CallEndReason.ConnectFailed => "connect-failed",
        CallEndReason.ConnectionLost => "connection-lost",
        CallEndReason.SignalingFailed => "signaling-failed",
        CallEndReason.PeerFailed => "peer-failed",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };
}
