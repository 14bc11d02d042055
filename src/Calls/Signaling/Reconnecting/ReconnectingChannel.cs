using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Signaling;

/// <summary>
/// The part of a channel that is the same on every transport: it connects, stays connected, connects again with a wait between the attempts, tells
/// observers in order, and stops. An adapter adds how one connection is made. Every member may be used from any thread.
/// </summary>
/// <remarks>
/// <para><b>Observers</b> run on the channel's own loop, one at a time: a slow one delays what comes after it, and one that throws is logged and stays
/// subscribed. <see cref="DisposeAsync"/> called from inside an observer does not wait for that observer; it completes at once, and the rest follows.</para>
/// </remarks>
public abstract class ReconnectingChannel : ISignalingChannel
{
    private readonly ReconnectingParts _parts;
    private readonly Lock _lock = new();
    private ConnectionLoop? _loop;
    private Task? _disposing;

    /// <summary>A channel that is not connected yet.</summary>
    /// <param name="settings">How it connects again.</param>
    /// <param name="timeProvider">Default: the system's.</param>
    /// <param name="logger">Default: no logging.</param>
    protected ReconnectingChannel(ReconnectSettings settings, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        logger ??= NullLogger.Instance;
        _parts = new ReconnectingParts(
            settings, settings.Policy ?? new JitteredBackoff(), DialAsync, new Raiser(logger), timeProvider ?? TimeProvider.System, logger);
    }

    /// <inheritdoc/>
    public IObservable<SignalingMessage> Messages => _parts.Raiser.Messages;

    /// <inheritdoc/>
    /// <remarks>While an attempt fails, the status tells why: it is raised once for each new reason, not once for each attempt.</remarks>
    public IObservable<ChannelStatus> Status => _parts.Raiser.Statuses;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        ConnectionLoop loop;
        Task up;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposing is not null, this);
            cancellationToken.ThrowIfCancellationRequested();
            if (_loop is null || !_loop.TryJoin(out up))
            {
                _loop = ConnectionLoop.Start(_parts, _loop);
                _loop.TryJoin(out up);
            }

            loop = _loop;
        }

        try
        {
            await up.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (loop.Leave())
                await loop.Completion.ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposing) is not null, this);
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Volatile.Read(ref _loop)?.Connection ?? throw new SignalingException("There is no signaling connection now.");
        await connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says farewell to the server, closes the channel and completes both streams. May be called at any moment, more than once, and in
    /// parallel.</summary>
    public ValueTask DisposeAsync()
    {
        Task disposing;
        lock (_lock)
            disposing = _disposing ??= DisposeCoreAsync(_loop);
        GC.SuppressFinalize(this);
        return _parts.Raiser.IsRaisingHere ? ValueTask.CompletedTask : new ValueTask(disposing);
    }

    /// <summary>Makes one connection. Called for one connection at a time, from the channel's own loop.</summary>
    /// <param name="cancellationToken">The channel stops, or <see cref="ReconnectSettings.ConnectTimeout"/> is over.</param>
    /// <exception cref="SignalingException">It failed; one that <see cref="SignalingException.IsRefused"/> closes the channel.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    protected abstract Task<IChannelConnection> DialAsync(CancellationToken cancellationToken);

    /// <summary>What is left to free when the loop has ended and before both streams complete. Called once; must not throw. Default: nothing.</summary>
    protected virtual ValueTask ReleaseAsync() => ValueTask.CompletedTask;

    private async Task DisposeCoreAsync(ConnectionLoop? loop)
    {
        loop?.Stop(new ObjectDisposedException(GetType().Name));
        // Off the caller's thread, who may be an observer: the last status comes after the one he is looking at.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (loop is not null)
            await loop.Completion.ConfigureAwait(false);
        await ReleaseAsync().ConfigureAwait(false);
        _parts.Raiser.Complete();
    }
}
