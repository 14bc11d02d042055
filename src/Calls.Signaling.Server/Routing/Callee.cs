namespace Calls.Signaling.Server;

/// <summary>A user who is rung.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ChatId">The conversation, as he names it.</param>
/// <param name="Rejection">One of <see cref="RejectReasons"/> once one of his devices refused for him; null while he may still answer.</param>
public sealed record Callee(string UserId, string ChatId, string? Rejection = null);
