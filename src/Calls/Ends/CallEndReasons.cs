using Calls.Signaling;

namespace Calls;

/// <summary>What follows from a reason: one table, from which <c>docs/end-reasons.md</c> is written.</summary>
public static class CallEndReasons
{
    private const bool Broke = true;
    private const bool Meant = false;
    private const bool Retry = true;
    private const bool Pointless = false;

    private static readonly CallEndReasonInfo[] Table =
    [
        new(CallEndReason.HungUp, "hung-up", Meant, Retry, EndReasons.Hangup),
        new(CallEndReason.Cancelled, "cancelled", Meant, Retry, EndReasons.Cancelled),
        new(CallEndReason.Declined, "declined", Meant, Retry, RejectReasons.Declined),
        new(CallEndReason.Busy, "busy", Meant, Retry, RejectReasons.Busy),
        new(CallEndReason.NoAnswer, "no-answer", Meant, Retry, MessageTypes.NoAnswer),
        new(CallEndReason.AnsweredElsewhere, "answered-elsewhere", Meant, Pointless, EndReasons.AnsweredElsewhere),
        new(CallEndReason.DeclinedElsewhere, "declined-elsewhere", Meant, Pointless, EndReasons.DeclinedElsewhere),
        new(CallEndReason.Replaced, "replaced", Meant, Pointless, EndReasons.Replaced),
        new(CallEndReason.Unavailable, "unavailable", Meant, Retry, RejectReasons.Unavailable),
        new(CallEndReason.NotAllowed, "not-allowed", Broke, Pointless, RejectReasons.NotAllowed),
        new(CallEndReason.MediaDenied, "media-denied", Broke, Retry, RejectReasons.MediaFailed),
        new(CallEndReason.MediaFailed, "media-failed", Broke, Retry, RejectReasons.MediaFailed),
        new(CallEndReason.PeerMediaFailed, "peer-media-failed", Broke, Retry, RejectReasons.MediaFailed),
        new(CallEndReason.ConnectTimeout, "connect-timeout", Broke, Retry, EndReasons.Failed),
        new(CallEndReason.ConnectFailed, "connect-failed", Broke, Retry, EndReasons.Failed),
        new(CallEndReason.ConnectionLost, "connection-lost", Broke, Retry, EndReasons.ConnectionLost),
        new(CallEndReason.SignalingFailed, "signaling-failed", Broke, Retry, null),
        new(CallEndReason.PeerFailed, "peer-failed", Broke, Retry, EndReasons.Failed),
    ];

    /// <summary>What follows from <paramref name="reason"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reason"/> is no reason.</exception>
    public static CallEndReasonInfo Info(this CallEndReason reason)
        => (uint)reason < Table.Length ? Table[(int)reason] : throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason.");

    /// <summary>Whether something broke, so that the call is Failed and not Ended.</summary>
    public static bool IsFailure(this CallEndReason reason) => reason.Info().IsFailure;

    /// <summary>The reason's name in pages and logs: lower case with hyphens, as in <c>hung-up</c>.</summary>
    public static string ToKey(this CallEndReason reason) => reason.Info().Key;
}
