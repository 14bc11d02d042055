using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace Calls.Signaling.Server;

/// <summary>The sending half of a WebSocket: one text frame a message, and a close frame that says why.</summary>
internal sealed class WebSocketConnection : QueuedConnection
{
    private const int LargestKeptBuffer = 16 * 1024;
    private readonly WebSocket _socket;
    private readonly Utf8JsonWriter _writer;
    private ArrayBufferWriter<byte> _buffer = new(1024);

    public WebSocketConnection(Party party, WebSocket socket, ConnectionTerms terms)
        : base(party, "websockets", terms)
        => (_socket, _writer) = (socket, new Utf8JsonWriter(_buffer));

    protected override async ValueTask WriteAsync(SignalingMessage message)
    {
        SignalingJson.Serialize(_writer, message);
        await _writer.FlushAsync(Aborted).ConfigureAwait(false);
        await _socket.SendAsync(_buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, Aborted).ConfigureAwait(false);
        if (_buffer.Capacity > LargestKeptBuffer)
            _buffer = new ArrayBufferWriter<byte>(1024);
        else
            _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
    }

    protected override async ValueTask SayGoodbyeAsync(string reason)
        => await _socket.CloseOutputAsync(StatusOf(reason), reason, Aborted).ConfigureAwait(false);

    protected override bool IsBreak(Exception exception) => exception is WebSocketException;

    protected override void Release() => _writer.Dispose();

    private static WebSocketCloseStatus StatusOf(string reason) => reason switch
    {
        CloseReasons.Gone => WebSocketCloseStatus.NormalClosure,
        ErrorCodes.ServerStopping => WebSocketCloseStatus.EndpointUnavailable,
        ErrorCodes.TooLarge => WebSocketCloseStatus.MessageTooBig,
        _ => WebSocketCloseStatus.PolicyViolation,
    };
}
