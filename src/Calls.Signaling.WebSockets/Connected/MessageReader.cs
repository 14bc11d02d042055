using System.Net.WebSockets;

namespace Calls.Signaling.WebSockets;

/// <summary>Puts the frames of a message together, up to a limit.</summary>
internal sealed class MessageReader(WebSocket socket, int limit)
{
    private byte[] _buffer = new byte[Math.Min(4096, limit + 1)];

    /// <summary>The next message; its bytes stand until the next call.</summary>
    public async ValueTask<Incoming> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            // One byte over the limit is room enough to see that the limit was passed.
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, (int)Math.Min(length * 2L, limit + 1L));
            var frame = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (frame.MessageType == WebSocketMessageType.Close)
                return new Incoming(IncomingKind.Close, default);
            length += frame.Count;
            if (length > limit)
                return new Incoming(IncomingKind.TooLarge, default);
            if (frame.EndOfMessage)
                return new Incoming(frame.MessageType == WebSocketMessageType.Text ? IncomingKind.Text : IncomingKind.Binary, _buffer.AsMemory(0, length));
        }
    }
}

internal readonly record struct Incoming(IncomingKind Kind, ReadOnlyMemory<byte> Bytes);

internal enum IncomingKind
{
    Text,
    Binary,
    TooLarge,
    Close,
}
