namespace Calls.Signaling;

/// <summary>A user on one of his devices.</summary>
/// <param name="UserId">The user, as the server authenticated him.</param>
/// <param name="DeviceId">The device, 1–64 characters of <c>A-Za-z0-9_-</c>.</param>
/// <param name="DisplayName">What to show to people; null where the server knows none.</param>
public sealed record Party(string UserId, string DeviceId, string? DisplayName = null);
