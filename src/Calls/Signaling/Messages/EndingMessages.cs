using System.Text.Json.Serialization;

namespace Calls.Signaling;

/// <summary><c>call:end</c>: hang up, cancel, or any other end.</summary>
public sealed record EndMessage : CallMessage
{
    /// <summary>One of <see cref="EndReasons"/>; null where a plain client gave none.</summary>
    public string? Reason { get; init; }
}

/// <summary><c>call:reject</c>: the callee does not want, or cannot.</summary>
public sealed record RejectMessage : CallMessage
{
    /// <summary>One of <see cref="RejectReasons"/>; null counts as declined.</summary>
    public string? Reason { get; init; }
}

/// <summary><c>call:rejected</c>: tells the caller that the call was refused.</summary>
public sealed record RejectedMessage : CallMessage
{
    /// <summary>One of <see cref="RejectReasons"/>.</summary>
    public string? Reason { get; init; }
}

/// <summary><c>call:error</c>: the last message was refused; the connection stays unless the code says otherwise.</summary>
public sealed record ErrorMessage : SignalingMessage
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    [JsonRequired]
    public string Code { get; init; } = "";

    /// <summary>A sentence for a developer.</summary>
    public string? Message { get; init; }

    /// <summary>The call that the refused message belonged to, where it named one.</summary>
    public CallId? CallId { get; init; }
}
