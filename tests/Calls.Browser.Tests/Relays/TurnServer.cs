using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Tests.Turn;
using Calls.Signaling;

namespace Calls.Browser.Tests.Relays;

/// <summary>A coturn of its own on a free port of 127.0.0.1, which relays on 127.0.0.1 too.</summary>
internal sealed class TurnServer : IAsyncDisposable
{
    private const string User = "calls";
    private const string Password = "only-for-this-test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Once = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("calls-turn-");

    private TurnServer(int port, bool passesOn)
    {
        var start = new ProcessStartInfo("turnserver") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
        [
            "-n", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--listening-port={port}"),
            "--lt-cred-mech", "--realm=calls.test", $"--user={User}:{Password}", .. passesOn ? ["--allow-loopback-peers"] : Array.Empty<string>(), "--no-cli", "--no-tls", "--no-dtls",
            "--log-file=stdout", $"--pidfile={Path.Combine(_files.FullName, "pid")}", $"--userdb={Path.Combine(_files.FullName, "users")}",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        Ice = new() { Urls = [string.Create(CultureInfo.InvariantCulture, $"turn:127.0.0.1:{port}?transport=udp")], Username = User, Credential = Password };
        _process = new Process { StartInfo = start };
    }

    /// <summary>How to reach it.</summary>
    public IceServer Ice { get; }

    /// <param name="passesOn">Whether its relays send to anybody; otherwise it gives them all the same.</param>
    public static async Task<TurnServer> StartAsync(bool passesOn = true)
    {
        var port = ServerPort.Free();
        var server = new TurnServer(port, passesOn);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await AnswersAsync(port).WaitAsync(Patience);
        return server;
    }

    /// <summary>The same address with nobody behind it.</summary>
    public static IceServer Absent()
        => new() { Urls = [string.Create(CultureInfo.InvariantCulture, $"turn:127.0.0.1:{ServerPort.Free()}?transport=udp")], Username = User, Credential = Password };

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _files.Delete(recursive: true);
    }

    /// <summary>Asks with binding requests (RFC 8489, section 6) until one is answered.</summary>
    private static async Task AnswersAsync(int port)
    {
        byte[] binding = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        while (true)
        {
            using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            await client.SendAsync(binding, new IPEndPoint(IPAddress.Loopback, port));
            try
            {
                await client.ReceiveAsync().WaitAsync(Once);
                return;
            }
            catch (Exception exception) when (exception is TimeoutException or SocketException)
            {
                // It is not up yet.
            }
        }
    }
}
