namespace Calls;

/// <summary>What follows from a <see cref="CallEndReason"/>.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Key">Its name in pages, logs and a host's texts: lower case with hyphens.</param>
/// <param name="IsFailure">Whether something broke: the call is then Failed and not Ended.</param>
/// <param name="CanRetry">Whether it makes sense to offer the user to call again.</param>
/// <param name="WireCode">What the other side or the server is told, or told us; null where nobody can be told.</param>
public sealed record CallEndReasonInfo(CallEndReason Reason, string Key, bool IsFailure, bool CanRetry, string? WireCode);
