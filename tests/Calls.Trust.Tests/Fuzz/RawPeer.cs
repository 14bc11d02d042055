using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Calls.Trust.Tests;

/// <summary>A signed-in client below the level of any library: bytes on a TCP connection that was upgraded to a WebSocket by hand (RFC 6455, section 4.1).</summary>
internal sealed partial class RawPeer : IDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private NetworkStream _stream = null!;
    private readonly StringBuilder _heard = new();
    private Task _reading = Task.CompletedTask;

    public static async Task<RawPeer> OpenAsync(Uri host, string path, string device, string token)
    {
        var peer = new RawPeer();
        await peer._tcp.ConnectAsync(host.Host, host.Port).InTime();
        peer._stream = peer._tcp.GetStream();
        var request = $"GET {path}?device={device}&access_token={token} HTTP/1.1\r\nHost: {host.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await peer._stream.WriteAsync(Encoding.ASCII.GetBytes(request)).InTime();
        (await peer.HeadAsync().InTime()).Should().StartWith("HTTP/1.1 101");
        peer._reading = peer.ReadAsync();
        return peer;
    }

    /// <summary>Sends; false: the server has closed meanwhile.</summary>
    public async Task<bool> SendAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes).InTime();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Says no more, and waits until the server is done with it.</summary>
    public async Task GoAsync()
    {
        try
        {
            _tcp.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server was faster.
        }

        await _reading.InTime();
    }

    /// <summary>The error codes that the server answered with, once it is done.</summary>
    public IEnumerable<string> Codes => Code.Matches(_heard.ToString()).Select(match => match.Groups[1].Value);

    public void Dispose() => _tcp.Dispose();

    // In a hub's JSON and MessagePack it is the same text.
    [GeneratedRegex("\"code\":\"([a-z-]+)\"")]
    private static partial Regex Code { get; }

    private async Task<string> HeadAsync()
    {
        List<byte> head = [];
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await _stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        return Encoding.ASCII.GetString([.. head]);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16_384];
        try
        {
            while (await _stream.ReadAsync(buffer) is > 0 and var length)
                _heard.Append(Encoding.Latin1.GetString(buffer, 0, length));
        }
        catch (IOException)
        {
            // Cut off: that, too, is being done.
        }
    }
}
