using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Calls.Load;

/// <summary>A WebSocket over a bare socket (RFC 6455, section 4.1): the generator must not be what is measured.</summary>
internal sealed class RawSocket : ILoadSocket
{
    private readonly WebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _buffer = new byte[1024];

    private RawSocket(WebSocket socket) => _socket = socket;

    /// <param name="server">Where.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="sendBuffer">How many bytes the kernel keeps that the server does not take; null: as many as it likes.</param>
    public static async Task<ILoadSocket> ConnectAsync(Uri server, string path, int? sendBuffer = null)
    {
        var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (sendBuffer is { } bytes)
            tcp.SendBufferSize = bytes;
        await tcp.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        var stream = new NetworkStream(tcp, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        await SkipAnswerAsync(stream);
        return new RawSocket(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.Zero }));
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, default);
        }
        finally
        {
            _sending.Release();
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), default);
            if (read.MessageType == WebSocketMessageType.Close)
                return default;
            length += read.Count;
            if (read.EndOfMessage)
                return _buffer.AsMemory(0, length);
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, 2 * length);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads no byte too many: what follows is the server's first message.</summary>
    private static async Task SkipAnswerAsync(NetworkStream stream)
    {
        var answer = new StringBuilder();
        var one = new byte[1];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
                throw new InvalidOperationException("The server closed during the handshake.");
            answer.Append((char)one[0]);
        }

        if (!answer.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException($"The server refused the connection: {answer.ToString().Split('\r')[0]}");
    }
}
