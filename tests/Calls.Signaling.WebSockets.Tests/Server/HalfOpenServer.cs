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
    private readonly int _pongs;
    private readonly TaskCompletionSource _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="upgrades">Whether it answers the handshake.</param>
    /// <param name="says">The one text it sends; null: none.</param>
    /// <param name="pongs">How many pings it answers before it falls silent.</param>
    public HalfOpenServer(
        bool upgrades = true, string? says = """{"type":"call:welcome","userId":"alice","deviceId":"d"}""", int pongs = 0)
    {
        (_upgrades, _says, _pongs) = (upgrades, says, pongs);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/calls");

    /// <summary>Completes when the ping after the last answered one has arrived.</summary>
    public Task PingedOnceMore => _pinged.Task.InTime();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
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
                {
                    await UpgradeAsync(client.GetStream());
                    if (_pongs > 0)
                        await AnswerPingsAsync(client.GetStream());
                }
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

    private async Task AnswerPingsAsync(NetworkStream stream)
    {
        var frame = new byte[6 + 125];
        for (var left = _pongs; ; left--)
        {
            // A control frame of a client: two bytes of header, a mask, at most 125 bytes (RFC 6455, sections 5.2 and 5.5).
            await stream.ReadExactlyAsync(frame.AsMemory(0, 6), _stop.Token);
            var length = frame[1] & 0x7F;
            await stream.ReadExactlyAsync(frame.AsMemory(6, length), _stop.Token);
            frame[0].Should().Be(0x89, "nothing but pings is expected");
            if (left == 0)
                break;
            var payload = Enumerable.Range(0, length).Select(i => (byte)(frame[6 + i] ^ frame[2 + (i % 4)]));
            await stream.WriteAsync((byte[])[0x8A, (byte)length, .. payload], _stop.Token);
        }

        _pinged.TrySetResult();
    }
}
