using System.Net.WebSockets;
using System.Threading.Channels;

namespace Calls.Signaling.WebSockets;

/// <summary>
/// Writes one message at a time, in the order in which they were given. A cancel takes a message out of the queue; one whose writing has begun is written
/// to its end, because half a message would break the connection for all others.
/// </summary>
internal sealed class SendQueue(int limit)
{
    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(limit)
    {
        SingleReader = true,
        // The one thread of a browser comes back from the pool by a timer, behind whatever is drawn meanwhile.
        AllowSynchronousContinuations = OperatingSystem.IsBrowser(),
    });
    private volatile bool _isClosed;

    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var entry = new Entry(message, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_entries.Writer.TryWrite(entry))
            throw _isClosed ? Gone() : new SignalingException($"{limit} messages wait to be sent already.");
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Entry)state!).Sent.TrySetCanceled(token), entry);
        await entry.Sent.Task.ConfigureAwait(false);
    }

    /// <summary>Takes no more. <see cref="PumpAsync"/> ends when what waits is written.</summary>
    public void Close()
    {
        _isClosed = true;
        _entries.Writer.TryComplete();
    }

    /// <summary>Writes until the queue is closed (null), the connection breaks (why), or the token is cancelled (null). Never throws; whatever was not written
    /// by then fails.</summary>
    public async Task<SignalingException?> PumpAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in _entries.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!entry.Sent.Task.IsCompleted && await WriteAsync(socket, entry, cancellationToken).ConfigureAwait(false) is { } loss)
                    return loss;
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            Close();
            while (_entries.Reader.TryRead(out var left))
                left.Sent.TrySetException(Gone());
        }

        return null;
    }

    private static async Task<SignalingException?> WriteAsync(WebSocket socket, Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(entry.Message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
            entry.Sent.TrySetResult();
            return null;
        }
        catch (Exception exception)
        {
            entry.Sent.TrySetException(new SignalingException("The connection broke while the message was sent.", exception));
            return Loss.OfBreak(exception);
        }
    }

    private static SignalingException Gone() => new("The connection was lost before the message was sent.");

    private sealed record Entry(ReadOnlyMemory<byte> Message, TaskCompletionSource Sent);
}
