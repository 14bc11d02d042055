using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.WebSockets;

/// <summary>One live connection, from handshake to loss.</summary>
internal sealed class Connection(WebSocket socket, WebSocketChannelOptions options, Probe? probe, TimeProvider time, ILogger log)
    : IChannelConnection
{
    /// <summary>How long a farewell may take in all: what waits is written, the close frame goes and is answered.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    private readonly SendQueue _sends = new(options.SendQueueLimit);
    private readonly CancellationTokenSource _ended = new();
    private Task<SignalingException?> _writing = Task.FromResult<SignalingException?>(null);
    private WebSocketCloseStatus _farewell = WebSocketCloseStatus.NormalClosure;

    /// <exception cref="SignalingException">The connection is lost, too many messages wait, or the message is too large.</exception>
    public Task SendAsync(SignalingMessage message, CancellationToken cancellationToken)
    {
        var utf8 = SignalingJson.Serialize(message);
        return utf8.Length <= options.MaxMessageSize
            ? _sends.SendAsync(utf8, cancellationToken)
            : throw new SignalingException($"The message has {utf8.Length} bytes; at most {options.MaxMessageSize} can be sent.");
    }

    /// <summary>From here on messages go out; <see cref="RunAsync"/> must follow.</summary>
    public void StartWriting() => _writing = _sends.PumpAsync(socket, _ended.Token);

    /// <summary>Runs until the connection is lost (why) or <paramref name="stop"/> is cancelled (null). Never throws; leaves nothing running.</summary>
    /// <param name="deliver">Takes every message, one at a time, in order.</param>
    /// <param name="stop">Says farewell.</param>
    public async Task<SignalingException?> RunAsync(Action<SignalingMessage> deliver, CancellationToken stop)
    {
        probe?.Begin();
        var vigil = new Vigil(options, probe, time);
        var stopped = new TaskCompletionSource<SignalingException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.UnsafeRegister(static state => ((TaskCompletionSource<SignalingException?>)state!).TrySetResult(null), stopped);
        var watching = vigil.WatchAsync(question => _sends.SendAsync(question, _ended.Token), _ended.Token);
        var reading = ReadAsync(deliver, vigil, _ended.Token);

        var first = await Task.WhenAny(reading, _writing, watching, stopped.Task).ConfigureAwait(false);
        var loss = await first.ConfigureAwait(false);
        await SayFarewellAsync(loss, reading).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        socket.Abort();
        await Task.WhenAll(reading, _writing, watching).ConfigureAwait(false);
        // A write may fail just before the reader comes to the sentence that says why.
        return first != stopped.Task && await reading.ConfigureAwait(false) is { IsRefused: true } refusal ? refusal : loss;
    }

    public ValueTask DisposeAsync()
    {
        _ended.Dispose();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SignalingException?> ReadAsync(Action<SignalingMessage> deliver, Vigil vigil, CancellationToken cancellationToken)
    {
        // A server that talks without pause would otherwise keep the caller here.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var reader = new MessageReader(socket, options.MaxMessageSize);
        try
        {
            while (true)
            {
                var incoming = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                vigil.Heard();
                switch (incoming.Kind)
                {
                    case IncomingKind.Close:
                        return Loss.OfClose(socket.CloseStatus, socket.CloseStatusDescription);
                    case IncomingKind.TooLarge:
                        Log.TooLarge(log, options.MaxMessageSize);
                        // A browser lets its pages close with 1000 only (WHATWG WebSockets, "close()").
                        _farewell = OperatingSystem.IsBrowser() ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.MessageTooBig;
                        return Loss.OfTooLarge(options.MaxMessageSize);
                    case IncomingKind.Binary:
                        Log.BinaryDropped(log, incoming.Bytes.Length);
                        break;
                    case IncomingKind.Text when Take(incoming.Bytes.Span, deliver) is { } loss:
                        return loss;
                }
            }
        }
        catch (Exception exception)
        {
            return Loss.OfBreak(exception);
        }
    }

    private SignalingException? Take(ReadOnlySpan<byte> utf8, Action<SignalingMessage> deliver)
    {
        if (probe is not null && probe.IsAnswer(utf8))
            return null;
        if (!SignalingJson.TryParse(utf8, out var message, out _))
        {
            Log.MalformedDropped(log, utf8.Length);
            return null;
        }

        if (probe is not null && probe.IsAnswer(message))
            return null;
        deliver(message);
        return message is ErrorMessage { Code: ErrorCodes.Superseded } ? Loss.OfSuperseded() : null;
    }

    private async Task SayFarewellAsync(SignalingException? loss, Task reading)
    {
        using var limit = new CancellationTokenSource(FarewellLimit, time);
        _sends.Close();
        // To a server that broke off or fell silent there is nothing to say.
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived) || (loss is not null && !reading.IsCompleted))
            return;
        try
        {
            if (loss is null)
                await _writing.WaitAsync(limit.Token).ConfigureAwait(false);
            await socket.CloseOutputAsync(_farewell, null, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            await reading.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The socket is aborted next: a farewell that fails changes nothing.
        }
    }
}
