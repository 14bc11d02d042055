using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server.Orleans;

/// <summary>Asks grains until they answer: one that is on a node that died answers as soon as the cluster knows, one whose storage is away as soon as that
/// is back.</summary>
internal sealed class Persistence(TimeProvider time, ILogger<Persistence> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long it asks. Longer than a dead node takes to be found and a storage to come back; less than a client waits for its device's return.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="UnavailableException">Nobody answered for too long.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var answer = await ask().WaitAsync(cancellationToken).ConfigureAwait(false);
                if (answer is not CallReply { Status: CallReplyStatus.Again })
                    return answer;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // Whatever a grain, its storage or the way there throws: it is asked again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.NotDelivered(logger, exception);
            }

            if (time.GetElapsedTime(began) > Patience)
                throw new UnavailableException();
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Does something that may fail, may be done late, and, where it is tried more than once, twice.</summary>
    public void Try(Func<Task> act, int attempts = 1) => _ = TryAsync(act, attempts);

    private async Task TryAsync(Func<Task> act, int attempts)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await act().ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // Tried again, and then left to whoever looks next.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.NotDelivered(logger, exception);
            }

            if (attempt >= attempts)
                return;
            await Task.Delay(LongestPause, time).ConfigureAwait(false);
        }
    }
}

/// <summary>Nobody answered for too long.</summary>
internal sealed class UnavailableException : Exception;
