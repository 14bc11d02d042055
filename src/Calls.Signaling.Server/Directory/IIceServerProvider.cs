namespace Calls.Signaling.Server;

/// <summary>Says which STUN and TURN servers a user gets, as with time-limited TURN credentials.</summary>
public interface IIceServerProvider
{
    /// <summary>The servers that <c>call:welcome</c> names. A failure is logged, and the user gets those of the options.</summary>
    /// <param name="userId">The authenticated user.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(string userId, CancellationToken cancellationToken);
}
