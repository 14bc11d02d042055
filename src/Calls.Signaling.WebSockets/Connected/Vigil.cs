namespace Calls.Signaling.WebSockets;

/// <summary>
/// Watches over one connection with what the protocol itself gives: the server's first message must come in time, and in a browser the server must answer
/// a <see cref="Probe"/>.
/// </summary>
internal sealed class Vigil(WebSocketChannelOptions options, Probe? probe, TimeProvider time)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _answer;
    private long _heardAt;

    /// <summary>Something arrived, whatever it was: the connection lives.</summary>
    public void Heard()
    {
        Volatile.Write(ref _heardAt, time.GetTimestamp());
        _first.TrySetResult();
        Volatile.Read(ref _answer)?.TrySetResult();
    }

    /// <summary>Completes when the connection counts as lost, or with null on cancel. Never throws.</summary>
    public async Task<SignalingException?> WatchAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken cancellationToken)
    {
        try
        {
            if (!await InTimeAsync(_first.Task, options.ConnectTimeout, cancellationToken).ConfigureAwait(false))
                return Loss.OfNoWelcome(options.ConnectTimeout);
            while (probe is { IsPointless: false })
            {
                var idle = time.GetElapsedTime(Volatile.Read(ref _heardAt));
                if (idle < options.PingInterval)
                {
                    await Task.Delay(options.PingInterval - idle, time, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                if (!await AskAsync(send, probe, cancellationToken).ConfigureAwait(false))
                    return Loss.OfSilence();
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }

        return null;
    }

    private async Task<bool> AskAsync(Func<ReadOnlyMemory<byte>, Task> send, Probe probe, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _answer, answer);
        probe.Asked();
        // Not awaited: on a dead connection the write itself may hang, and one that fails ends the connection on its own.
        _ = send(Probe.Question).ContinueWith(static sent => _ = sent.Exception, TaskScheduler.Default);
        var answered = await InTimeAsync(answer.Task, options.PongTimeout, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _answer, null);
        return probe.Result(answered);
    }

    private async Task<bool> InTimeAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
