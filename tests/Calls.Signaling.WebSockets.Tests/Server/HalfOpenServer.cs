using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Calls.Signaling.WebSockets.Tests;

/// <summary>Takes connections, upgrades them (RFC 6455, section 4.2.2), says one text or none, and then neither reads nor writes: what is left of a
/// server behind a network that is gone.</summary>
internal sealed class HalfOpenServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _clients = [];
    private readonly Task _accepting;
    private readonly bool _upgrades;
    private readonly string? _says;

    public HalfOpenServer(bool upgrades = true, string? says = """{"type":"call:welcome","userId":"alice","deviceId":"d"}""")
    {
        (_upgrades, _says) = (upgrades, says);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/calls");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _clients.ForEach(client => client.Dispose());
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _clients.Add(client);
                if (_upgrades)
                    await UpgradeAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
        }
    }

    private async Task UpgradeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var key = "";
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))
                key = line["Sec-WebSocket-Key:".Length..].Trim();
        }

#pragma warning disable CA5350 // The handshake is made of SHA-1.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"),
            _stop.Token);
        if (_says is not null)
            await stream.WriteAsync((byte[])[0x81, (byte)_says.Length, .. Encoding.UTF8.GetBytes(_says)], _stop.Token);
    }
}
