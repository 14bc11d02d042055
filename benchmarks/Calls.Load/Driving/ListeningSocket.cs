using System.Threading.Channels;

namespace Calls.Load;

/// <summary>A connection that always reads, so that it answers the server's pings though nobody asks for its messages.</summary>
internal sealed class ListeningSocket : ILoadSocket
{
    private readonly ILoadSocket _socket;
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });

    private ListeningSocket(ILoadSocket socket) => _socket = socket;

    public static async Task<ILoadSocket> OnAsync(Task<ILoadSocket> connecting)
    {
        var socket = new ListeningSocket(await connecting);
        _ = socket.ListenAsync();
        return socket;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message) => _socket.SendAsync(message);

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
        => await _arrived.Reader.WaitToReadAsync() && _arrived.Reader.TryRead(out var message) ? message : default;

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private async Task ListenAsync()
    {
        try
        {
            for (var message = await _socket.ReceiveAsync(); !message.IsEmpty; message = await _socket.ReceiveAsync())
                _arrived.Writer.TryWrite(message.ToArray());
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // It broke: whoever waits sees the end.
        }

        _arrived.Writer.TryComplete();
    }
}
