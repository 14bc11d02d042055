namespace Calls.Signaling;

/// <summary>The values of <c>code</c> in <c>call:error</c>.</summary>
public static class ErrorCodes
{
    /// <summary>Not JSON, not an object, no known type, a field missing or of the wrong kind.</summary>
    public const string BadMessage = "bad-message";

    /// <summary>The message is larger than the server takes. The connection closes.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The sender has no part in that call, or may not say this in it. The same for a call that does not exist.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>The call id is in use.</summary>
    public const string DuplicateCall = "duplicate-call";

    /// <summary>More candidates than a call may have.</summary>
    public const string TooManyCandidates = "too-many-candidates";

    /// <summary>More messages than a user may send in that time.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>More calls at once than a user may have.</summary>
    public const string TooManyCalls = "too-many-calls";

    /// <summary>More rings at one target than a user may make in that time.</summary>
    public const string TooManyRings = "too-many-rings";

    /// <summary>This client reads too slowly; the connection closes.</summary>
    public const string SlowReader = "slow-reader";

    /// <summary>The same device connected again; this older connection closes.</summary>
    public const string Superseded = "superseded";

    /// <summary>The ticket or token behind this connection has expired; the connection closes. A fresh one may connect at once.</summary>
    public const string AuthenticationExpired = "authentication-expired";

    /// <summary>The servers behind this connection do not reach each other; the connection closes, and the client connects again.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The server stops; the connection closes, and the client connects again, to another server where there is one. Its calls live.</summary>
    public const string ServerStopping = "server-stopping";
}
