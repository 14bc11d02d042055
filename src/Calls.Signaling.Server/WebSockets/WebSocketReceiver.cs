using System.Buffers;
using System.Net.WebSockets;

namespace Calls.Signaling.Server;

/// <summary>The receiving half of a WebSocket: one message at a time, text only, never more than the limit in memory.</summary>
internal sealed class WebSocketReceiver(WebSocket socket, WebSocketConnection connection, MessageIntake intake)
{
    private const int FirstBuffer = 4 * 1024;
    private const int SmallBuffer = 512;

    /// <summary>Reads until the client has closed or the connection was aborted.</summary>
    /// <param name="cancellationToken">The connection is aborted, and the socket with it.</param>
    /// <exception cref="WebSocketException">The socket broke.</exception>
    /// <exception cref="OperationCanceledException">The connection was aborted.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // None until something comes, and a small one between messages: a connection is quiet most of its life.
        byte[]? buffer = null;
        var (length, used) = (0, 0);
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close)
                    return;
                length += read.Count;
                used = Math.Max(used, length);
                if (length > intake.MaxMessageBytes && !connection.IsClosing)
                    intake.RefuseTooLarge(connection);
                if (connection.IsClosing)
                    length = 0;
                if (!read.EndOfMessage)
                {
                    MakeRoom(ref buffer, length);
                    continue;
                }

                if (!connection.IsClosing)
                    await TakeAsync(buffer, length, read.MessageType, cancellationToken).ConfigureAwait(false);
                length = 0;
                if (buffer?.Length > SmallBuffer)
                {
                    Free(ref buffer, used);
                    used = 0;
                    buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
                }
            }
        }
        finally
        {
            Free(ref buffer, used);
        }
    }

    private ValueTask TakeAsync(byte[]? buffer, int length, WebSocketMessageType type, CancellationToken cancellationToken)
        => type == WebSocketMessageType.Binary
            ? intake.MalformedAsync(connection, "A message is a text frame, not a binary one.", cancellationToken)
            : intake.TakeAsync(connection, buffer.AsSpan(0, length), cancellationToken);

    private void MakeRoom(ref byte[]? buffer, int length)
    {
        if (buffer is not null && length < buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * length, Math.Min(FirstBuffer, intake.MaxMessageBytes + 1)));
        buffer.AsSpan(0, length).CopyTo(larger);
        Free(ref buffer, length);
        buffer = larger;
    }

    /// <summary>What was in it is nobody else's business.</summary>
    private static void Free(ref byte[]? buffer, int used)
    {
        if (buffer is null)
            return;
        buffer.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}
