namespace Calls.Signaling.Server;

/// <summary>Which users have a device connected to this server.</summary>
public interface ICallPresence
{
    /// <summary>The users who are online now.</summary>
    IReadOnlyList<OnlineUser> Online { get; }

    /// <summary>Whether a user has a device connected.</summary>
    bool IsOnline(string userId);

    /// <summary>First everybody who is online, then every change. A reader that is slow is told of each user's latest state only, so that it
    /// costs no more memory than there are users.</summary>
    /// <param name="cancellationToken">Ends the stream, with an <see cref="OperationCanceledException"/>.</param>
    IAsyncEnumerable<PresenceChange> WatchAsync(CancellationToken cancellationToken = default);
}

/// <summary>A user who has a device connected.</summary>
/// <param name="UserId">The user.</param>
/// <param name="DisplayName">What to show to people; null where the server knows none.</param>
public sealed record OnlineUser(string UserId, string? DisplayName);

/// <summary>A user came or went.</summary>
/// <param name="User">The user.</param>
/// <param name="IsOnline">Whether he is online now.</param>
public sealed record PresenceChange(OnlineUser User, bool IsOnline);
