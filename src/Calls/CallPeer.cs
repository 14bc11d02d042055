namespace Calls;

/// <summary>The other side of a call.</summary>
/// <param name="UserId">The user, as the server authenticated him; null where the server told none.</param>
/// <param name="DeviceId">His device; null until one has answered.</param>
/// <param name="DisplayName">What to show to people; null where the server knows none.</param>
public sealed record CallPeer(string? UserId, string? DeviceId, string? DisplayName)
{
    /// <summary>What to show to people: the display name, or the user id.</summary>
    public string? Name => DisplayName ?? UserId;
}
