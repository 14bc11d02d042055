using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Calls.Signaling.Server;

/// <summary>The sending half of a WebSocket: a bounded queue and the one loop that writes.</summary>
internal sealed class WebSocketConnection(Party party, WebSocket socket, CallSignalingOptions options, TimeProvider time) : ICallConnection, IDisposable
{
    private const int LargestKeptBuffer = 16 * 1024;
    private readonly Channel<SignalingMessage> _queue =
        Channel.CreateBounded<SignalingMessage>(new BoundedChannelOptions(options.Limits.SendQueueLength) { SingleReader = true });

    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _gate = new();
    private Closing? _closing;
    private ITimer? _deadline;
    private bool _isDisposed;

    public Party Party => party;

    /// <summary>Cancelled when the connection is to be torn down without another word.</summary>
    public CancellationToken Aborted => _abort.Token;

    public bool IsClosing => Volatile.Read(ref _closing) is not null;

    public void Send(SignalingMessage message)
    {
        if (!_queue.Writer.TryWrite(message) && !IsClosing)
        {
            var last = new ErrorMessage { Code = ErrorCodes.SlowReader, Message = "This client reads too slowly: the connection closes." };
            Close(new Closing(WebSocketCloseStatus.PolicyViolation, ErrorCodes.SlowReader, last, SkipsQueue: true));
        }
    }

    public void Close(ErrorMessage last)
        => Close(new Closing(
            last.Code == ErrorCodes.TooLarge ? WebSocketCloseStatus.MessageTooBig : WebSocketCloseStatus.PolicyViolation, last.Code, last));

    /// <summary>Sends what is queued, and closes. Only the first close counts; it has <see cref="CallSignalingOptions.CloseTimeout"/>.</summary>
    public void Close(WebSocketCloseStatus status, string description) => Close(new Closing(status, description));

    /// <summary>Writes until the connection closes, then says goodbye. Never throws for what a socket does.</summary>
    public async Task RunAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(Aborted).ConfigureAwait(false))
            {
                while (_closing is not { SkipsQueue: true } && _queue.Reader.TryRead(out var message))
                    await WriteAsync(message).ConfigureAwait(false);
                if (_closing is { SkipsQueue: true })
                    break;
            }

            if (_closing is { Last: { } last })
                await WriteAsync(last).ConfigureAwait(false);
            await socket.CloseOutputAsync(_closing!.Status, _closing.Description, Aborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The socket is gone. What was queued is in the outboxes of its calls, and the receiving half learns the same.
            Abort();
        }

        async ValueTask WriteAsync(SignalingMessage message)
        {
            SignalingJson.Serialize(writer, message);
            await writer.FlushAsync(Aborted).ConfigureAwait(false);
            await socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, Aborted).ConfigureAwait(false);
            if (buffer.Capacity > LargestKeptBuffer)
                buffer = new ArrayBufferWriter<byte>(1024);
            else
                buffer.ResetWrittenCount();
            writer.Reset(buffer);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _deadline?.Dispose();
            _abort.Dispose();
        }
    }

    private void Close(Closing closing)
    {
        lock (_gate)
        {
            if (_closing is not null || _isDisposed)
                return;
            Volatile.Write(ref _closing, closing);
            _deadline = time.CreateTimer(static state => ((WebSocketConnection)state!).Abort(), this, options.CloseTimeout, Timeout.InfiniteTimeSpan);
        }

        _queue.Writer.TryComplete();
    }

    private void Abort()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _ = _abort.CancelAsync();
        }
    }

    private sealed record Closing(WebSocketCloseStatus Status, string Description, ErrorMessage? Last = null, bool SkipsQueue = false);
}
