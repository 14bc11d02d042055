namespace Calls.Signaling;

/// <summary>The values of <c>reason</c> in <c>call:end</c>.</summary>
public static class EndReasons
{
    /// <summary>A party hung up.</summary>
    public const string Hangup = "hangup";

    /// <summary>The caller gave up before an answer.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Another device of this user answered.</summary>
    public const string AnsweredElsewhere = "answered-elsewhere";

    /// <summary>Another device of this user declined.</summary>
    public const string DeclinedElsewhere = "declined-elsewhere";

    /// <summary>The other side has been away too long.</summary>
    public const string ConnectionLost = "connection-lost";

    /// <summary>Something broke at the other side.</summary>
    public const string Failed = "failed";

    /// <summary>A newer call of the same two people took its place.</summary>
    public const string Replaced = "replaced";
}

/// <summary>The values of <c>reason</c> in <c>call:reject</c> and <c>call:rejected</c>.</summary>
public static class RejectReasons
{
    /// <summary>The callee does not want.</summary>
    public const string Declined = "declined";

    /// <summary>The callee is in another call.</summary>
    public const string Busy = "busy";

    /// <summary>The callee wanted, but could not open his microphone.</summary>
    public const string MediaFailed = "media-failed";

    /// <summary>Nobody can be reached there (only in <c>call:rejected</c>).</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The caller may not make this call (only in <c>call:rejected</c>).</summary>
    public const string NotAllowed = "not-allowed";
}
