using System.Diagnostics.CodeAnalysis;

namespace Calls.Signaling;

/// <summary>
/// Connects, stays connected, and connects again, until it is stopped or refused. Only one loop of a channel runs at a time, and only it raises, so that
/// order needs no further care.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer and without parent holds nothing to dispose of.")]
internal sealed class ConnectionLoop
{
    private readonly ReconnectingParts _parts;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _up = NewSignal();
    private int _waiting;
    private bool _wasUp;
    private bool _isOver;
    private bool _isSilent;
    private volatile IChannelConnection? _connection;
    private Task _leaving = Task.CompletedTask;

    private ConnectionLoop(ReconnectingParts parts) => _parts = parts;

    /// <summary>Completes when nothing of the loop is left. Never faults.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>The live connection; null where there is none.</summary>
    public IChannelConnection? Connection => _connection;

    /// <summary>Starts a loop as soon as the one before it has ended.</summary>
    public static ConnectionLoop Start(ReconnectingParts parts, ConnectionLoop? previous)
    {
        var loop = new ConnectionLoop(parts);
        // The loop outlives the caller, whose ambient values (a request, an activity) are none of its business.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            loop.Completion = Task.Run(() => loop.RunAsync(previous?.Completion ?? Task.CompletedTask));
        return loop;
    }

    /// <summary>Takes part in the wait for a connection. False: this loop is over.</summary>
    public bool TryJoin(out Task up)
    {
        lock (_lock)
        {
            up = _up.Task;
            _waiting += _isOver ? 0 : 1;
            return !_isOver;
        }
    }

    /// <summary>Gives up the wait. True: it was the last one, there never was a connection, and so the loop ends.</summary>
    public bool Leave()
    {
        lock (_lock)
        {
            if (--_waiting > 0 || _wasUp || _isOver)
                return false;
            _isOver = true;
        }

        // Not in line: the loop would run on inside the caller, who may be an observer.
        _ = _stop.CancelAsync();
        return true;
    }

    /// <summary>Ends the loop without a last status; whoever waits is told at once.</summary>
    public void Stop(Exception forThoseWhoWait)
    {
        lock (_lock)
            (_isOver, _isSilent) = (true, true);
        Fail(forThoseWhoWait);
        _ = _stop.CancelAsync();
    }

    private async Task RunAsync(Task previous)
    {
        await previous.ConfigureAwait(false);
        SignalingException? end;
        try
        {
            end = await StayConnectedAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            end = new SignalingException("The channel failed.", exception);
        }

        await _leaving.ConfigureAwait(false);
        bool isSilent;
        lock (_lock)
        {
            // From here on a wish for a connection, even from inside the last status, gets a new loop.
            _isOver = true;
            isSilent = _isSilent;
        }

        if (end is null)
            ReconnectingLog.Stopped(_parts.Log);
        else
            ReconnectingLog.GivenUp(_parts.Log, end.Message, Cause(end));
        if (end is not null)
            _parts.Raiser.Raise(ChannelState.Closed, end);
        else if (!isSilent)
            _parts.Raiser.Raise(ChannelState.Disconnected);
        Fail(end ?? new SignalingException("The channel was stopped."));
    }

    /// <summary>Null: stopped; otherwise why there is no going on.</summary>
    private async Task<SignalingException?> StayConnectedAsync()
    {
        var (time, stop, state) = (_parts.Time, _stop.Token, ChannelState.Connecting);
        var (attempt, since) = (0, time.GetTimestamp());
        _parts.Raiser.Raise(state);
        while (!stop.IsCancellationRequested)
        {
            ReconnectingLog.Connecting(_parts.Log, attempt);
            SignalingException loss;
            try
            {
                var connection = await DialAsync(stop).ConfigureAwait(false);
                var upSince = time.GetTimestamp();
                var lost = await LiveAsync(connection, stop).ConfigureAwait(false);
                if (lost is null)
                    return null;
                (loss, state) = (lost, ChannelState.Reconnecting);
                if (time.GetElapsedTime(upSince) >= _parts.Settings.StableAfter)
                    (attempt, since) = (0, time.GetTimestamp());
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return null;
            }
            catch (SignalingException exception)
            {
                loss = exception;
            }

            if (loss.IsRefused)
                return loss;
            var delay = NextDelay(new ReconnectAttempt(++attempt, time.GetElapsedTime(since), loss), out var broken);
            if (delay is null)
                return new SignalingException("The reconnect policy gave up. " + loss.Message, broken ?? loss);
            ReconnectingLog.Lost(_parts.Log, loss.Message, Cause(loss), delay.Value);
            _parts.Raiser.Raise(state, loss);
            await Task.Delay(delay.Value, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    private async Task<IChannelConnection> DialAsync(CancellationToken stop)
    {
        var limit = _parts.Settings.ConnectTimeout;
        using var late = new CancellationTokenSource(limit, _parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            return await _parts.Dial(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new SignalingException($"The server did not answer within {limit.TotalSeconds} s.");
        }
    }

    /// <summary>Lives on one connection, and on those that take its place before it expires, until one is lost (why) or the loop stops (null).</summary>
    private async Task<SignalingException?> LiveAsync(IChannelConnection connection, CancellationToken stop)
    {
        bool isWanted;
        lock (_lock)
        {
            // A cancel that comes later meets a connection and leaves it alone.
            isWanted = !_isOver;
            _wasUp |= isWanted;
        }

        if (isWanted)
        {
            // Before the status is raised, so that an observer of it can send.
            _connection = connection;
            ReconnectingLog.Connected(_parts.Log);
            _parts.Raiser.Raise(ChannelState.Connected);
            _up.TrySetResult();
        }

        SignalingException? loss;
        var next = connection;
        do
        {
            var shift = new Shift(next, _parts, DialAsync, handOver: successor => _connection = successor);
            (loss, next) = await shift.RunAsync(stop).ConfigureAwait(false);
            _leaving = Task.WhenAll(_leaving, shift.Ended);
        }
        while (next is not null);
        _connection = null;
        lock (_lock)
        {
            if (!_isOver)
                _up = NewSignal();
        }

        return loss;
    }

    private TimeSpan? NextDelay(ReconnectAttempt attempt, out Exception? broken)
    {
        broken = null;
        try
        {
            var delay = _parts.Policy.NextDelay(attempt);
            return delay is null ? null : TimeSpan.FromTicks(Math.Clamp(delay.Value.Ticks, 0, TimeSpan.TicksPerDay));
        }
        catch (Exception exception)
        {
            broken = exception;
            return null;
        }
    }

    private void Fail(Exception exception)
    {
        lock (_lock)
        {
            _up.TrySetException(exception);
            // There may be nobody who waits.
            _ = _up.Task.Exception;
        }
    }

    private static string Cause(SignalingException loss)
        => loss.InnerException is { } cause ? $"{cause.GetType().Name} < {cause.InnerException?.GetType().Name}".TrimEnd(' ', '<') : "no exception";

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
