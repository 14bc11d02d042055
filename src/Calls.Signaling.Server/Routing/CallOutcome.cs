namespace Calls.Signaling.Server;

/// <summary>How a call ended, as the server saw it.</summary>
public enum CallOutcome
{
    /// <summary>It was answered, and a party hung up.</summary>
    Finished,

    /// <summary>The caller gave up before an answer.</summary>
    Cancelled,

    /// <summary>Nobody answered within the ring time.</summary>
    NoAnswer,

    /// <summary>The callee declined.</summary>
    Declined,

    /// <summary>The callee was in other calls.</summary>
    Busy,

    /// <summary>The callee wanted, but could not open his microphone.</summary>
    MediaFailed,

    /// <summary>The caller may not make this call.</summary>
    NotAllowed,

    /// <summary>A party was away for longer than <see cref="CallSignalingOptions.ResumeWindow"/>, or its app was started anew.</summary>
    ConnectionLost,

    /// <summary>A party said that something broke.</summary>
    Failed,

    /// <summary>A newer call of the same two people took its place.</summary>
    Replaced,
}

/// <summary>The outcomes' names in metrics and traces.</summary>
internal static class CallOutcomeNames
{
    private static readonly string[] Keys =
        ["finished", "cancelled", "no-answer", "declined", "busy", "media-failed", "not-allowed", "connection-lost", "failed", "replaced"];

    public static string ToKey(this CallOutcome outcome) => Keys[(int)outcome];
}
