using Calls.Media;
using Calls.Signaling;

namespace Calls;

/// <summary>A connection that is made while the devices open. The one who takes <see cref="Session"/> owns it; one that nobody took is closed.</summary>
internal sealed class SessionAhead(CallId call, Task<IMediaSession> session) : IAsyncDisposable
{
    /// <summary>The call that it is made for: one that gave way to another in the meantime has no use for it.</summary>
    public CallId Call => call;

    public Task<IMediaSession> Session => session;

    /// <param name="call">The call.</param>
    /// <param name="source">The engine.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="offer">The offer to be answered; null where this side offers.</param>
    /// <param name="candidates">The candidates that came with it.</param>
    /// <param name="released">Cancelled when the call ends.</param>
    public static SessionAhead Begin(
        CallId call, IMediaSource source, MediaSessionOptions options, string? offer, IReadOnlyList<IceCandidate> candidates, CancellationToken released)
        => new(call, ConnectAsync(source, options, offer, candidates, released));

    public async ValueTask DisposeAsync()
    {
        IMediaSession opened;
        try
        {
            opened = await session.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What could not be made need not be closed; who wanted it was told why.
        catch (Exception)
#pragma warning restore CA1031
        {
            return;
        }

        await opened.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<IMediaSession> ConnectAsync(
        IMediaSource source, MediaSessionOptions options, string? offer, IReadOnlyList<IceCandidate> candidates, CancellationToken released)
    {
        var session = await source.ConnectAsync(options, released).ConfigureAwait(false);
        if (offer is null)
            return session;
        try
        {
            await session.PrepareAnswerAsync(offer, candidates, released).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
