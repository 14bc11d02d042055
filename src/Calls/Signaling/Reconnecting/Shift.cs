namespace Calls.Signaling;

/// <summary>
/// One connection for as long as it is the channel's. Before what its welcome said expires, the next one is made beside it and takes its place, so that
/// there is a connection at every moment. What the old one had not delivered by then is dropped: the core's resume brings it on the new one.
/// </summary>
internal sealed class Shift(
    IChannelConnection connection, ReconnectingParts parts, Func<CancellationToken, Task<IChannelConnection>> dial, Action<IChannelConnection> handOver)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<TimeSpan> _expires = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDialing;
    private bool _isOver;

    /// <summary>Completes when nothing of the connection is left. Never faults.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Runs until the connection is lost (why), another took its place (which), or <paramref name="stop"/> is cancelled (neither).</summary>
    public async Task<(SignalingException? Loss, IChannelConnection? Next)> RunAsync(CancellationToken stop)
    {
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = connection.RunAsync(Deliver, leave.Token);
        Ended = EndAsync(running);
        var renewing = RenewalOf(quit.Token);
        // The server closes the old connection when the new one is there, which may be known here a moment later.
        if (await Task.WhenAny(running, renewing).ConfigureAwait(false) == running && !IsReplaced(await running.ConfigureAwait(false)))
            await quit.CancelAsync().ConfigureAwait(false);
        var next = await renewing.ConfigureAwait(false);
        if (next is not null && !quit.IsCancellationRequested && (!running.IsCompleted || IsReplaced(await running.ConfigureAwait(false))))
        {
            lock (_gate)
                _isOver = true;
            handOver(next);
            ReconnectingLog.Renewed(parts.Log);
            await leave.CancelAsync().ConfigureAwait(false);
            Ended = Ended.ContinueWith(static (_, left) => ((IDisposable)left!).Dispose(), leave, TaskScheduler.Default);
            return (null, next);
        }

        if (next is not null)
            await AbandonAsync(next).ConfigureAwait(false);
        var loss = await running.ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
        leave.Dispose();
        return (loss, null);
    }

    private static async Task AbandonAsync(IChannelConnection unwanted)
    {
        await unwanted.RunAsync(static _ => { }, new CancellationToken(canceled: true)).ConfigureAwait(false);
        await unwanted.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EndAsync(Task running)
    {
        await running.ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsReplaced(SignalingException? loss)
    {
        lock (_gate)
            return _isDialing && loss is { Code: ErrorCodes.Superseded };
    }

    private void Deliver(SignalingMessage message)
    {
        lock (_gate)
        {
            if (message is WelcomeMessage { ExpiresIn: { } seconds })
                _expires.TrySetResult(TimeSpan.FromSeconds(Math.Min(seconds, Renewal.Longest.TotalSeconds)));
            if (!_isOver && !(_isDialing && message is ErrorMessage { Code: ErrorCodes.Superseded }))
                parts.Raiser.Raise(message);
        }
    }

    private async Task<IChannelConnection?> RenewalOf(CancellationToken quit)
    {
        try
        {
            var lifetime = await _expires.Task.WaitAsync(quit).ConfigureAwait(false);
            if (!parts.Settings.Renews || Renewal.After(lifetime, Random.Shared.NextDouble()) is not { } wait)
                return null;
            for (var attempt = 1; ; attempt++)
            {
                await Task.Delay(wait, parts.Time, quit).ConfigureAwait(false);
                var (next, failure) = await DialAsync(quit).ConfigureAwait(false);
                if (failure is null)
                    return next;
                // The server's last word on this token is its own close; until then the old connection serves.
                if (failure.IsRefused)
                    return null;
                wait = Renewal.Retry(lifetime, attempt);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<(IChannelConnection? Next, SignalingException? Failure)> DialAsync(CancellationToken quit)
    {
        lock (_gate)
            _isDialing = true;
        try
        {
            return (await dial(quit).ConfigureAwait(false), null);
        }
        catch (SignalingException exception)
        {
            lock (_gate)
                _isDialing = false;
            return (null, exception);
        }
    }
}
