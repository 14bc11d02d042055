using Calls.Media;
using Calls.Signaling;

namespace Calls;

/// <summary>A connection that is made while the devices open. The one who takes it owns it; one that nobody took is closed.</summary>
internal sealed class SessionAhead : IAsyncDisposable
{
    private readonly Task<IMediaSession> _session;
    private Task _added;

    private SessionAhead(CallId call, Task<IMediaSession> session)
    {
        Call = call;
        _session = session;
        _added = session;
    }

    /// <summary>The call that it is made for: one that gave way to another in the meantime has no use for it.</summary>
    public CallId Call { get; }

    /// <param name="call">The call.</param>
    /// <param name="source">The engine.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="offer">The offer to be answered; null where this side offers.</param>
    /// <param name="candidates">The candidates that came with it.</param>
    /// <param name="released">Cancelled when the call ends.</param>
    public static SessionAhead Begin(
        CallId call, IMediaSource source, MediaSessionOptions options, string? offer, IReadOnlyList<IceCandidate> candidates, CancellationToken released)
        => new(call, ConnectAsync(source, options, offer, candidates, released));

    /// <summary>Adds candidates that came after the offer was told; not after the connection was taken.</summary>
    public void Add(IReadOnlyList<IceCandidate> candidates, CancellationToken released) => _added = AddAsync(_added, candidates, released);

    /// <summary>The connection, when everything that was asked of it so far is done.</summary>
    public async Task<IMediaSession> TakeAsync()
    {
        await _added.ConfigureAwait(false);
        return await _session.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        IMediaSession opened;
        try
        {
            opened = await _session.ConfigureAwait(false);
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
        try
        {
            if (offer is null)
                await session.PrepareOfferAsync(released).ConfigureAwait(false);
            else
                await session.PrepareAnswerAsync(offer, candidates, released).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task AddAsync(Task previous, IReadOnlyList<IceCandidate> candidates, CancellationToken released)
    {
        try
        {
            await previous.ConfigureAwait(false);
            var session = await _session.ConfigureAwait(false);
            await session.AddCandidatesAsync(candidates, released).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // They come again after the answer, and what cannot be taken then is told.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
