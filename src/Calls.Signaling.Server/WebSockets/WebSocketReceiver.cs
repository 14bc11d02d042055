using System.Buffers;
using System.Net.WebSockets;

namespace Calls.Signaling.Server;

/// <summary>The receiving half of a WebSocket: one message at a time, text only, never more than the limit in memory.</summary>
internal sealed class WebSocketReceiver(WebSocket socket, WebSocketConnection connection, MessageIntake intake)
{
    private const int FirstBuffer = 4 * 1024;

    /// <summary>Reads until the client has closed or the connection was aborted.</summary>
    /// <exception cref="WebSocketException">The socket broke.</exception>
    /// <exception cref="OperationCanceledException">The connection was aborted.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, intake.MaxMessageBytes + 1));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    Grow(ref buffer, length);
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close)
                    return;
                if (connection.IsClosing)
                    continue;
                length += read.Count;
                if (length > intake.MaxMessageBytes)
                {
                    intake.RefuseTooLarge(connection);
                    length = 0;
                }
                else if (read.EndOfMessage)
                {
                    await TakeAsync(buffer, length, read.MessageType, cancellationToken).ConfigureAwait(false);
                    length = 0;
                    Shrink(ref buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private ValueTask TakeAsync(byte[] buffer, int length, WebSocketMessageType type, CancellationToken cancellationToken)
        => type == WebSocketMessageType.Binary
            ? intake.MalformedAsync(connection, "A message is a text frame, not a binary one.", cancellationToken)
            : intake.TakeAsync(connection, buffer.AsSpan(0, length), cancellationToken);

    private static void Grow(ref byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = larger;
    }

    /// <summary>A connection is quiet most of its life: it does not keep the room of its largest message.</summary>
    private static void Shrink(ref byte[] buffer)
    {
        if (buffer.Length <= FirstBuffer)
            return;
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    }
}
