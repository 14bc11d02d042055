namespace Calls;

/// <summary>Why a call ended: one a call and side.</summary>
public sealed record CallEnd
{
    /// <summary>The call.</summary>
    public required CallId CallId { get; init; }

    /// <summary>Why.</summary>
    public required CallEndReason Reason { get; init; }

    /// <summary>Who ended it.</summary>
    public required CallEndedBy By { get; init; }

    /// <summary>The state in which the call was when it ended.</summary>
    public required CallState In { get; init; }

    /// <summary>What broke, where something did.</summary>
    public Exception? Error { get; init; }

    /// <summary>Whether something broke (<see cref="CallState.Failed"/>), as against <see cref="CallState.Ended"/>.</summary>
    public bool IsFailure => Reason.IsFailure();

    /// <summary>Whether it makes sense to offer the user to call again.</summary>
    public bool CanRetry => Reason.Info().CanRetry;

    /// <summary>The key of the host's text for it, as in <c>hung-up</c>.</summary>
    public string Key => Reason.ToKey();

    /// <summary>What the other side or the server is told, or told us; null where nobody can be told.</summary>
    public string? WireCode => Reason.Info().WireCode;
}
