using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Calls.Signaling;

namespace Calls.Media.WebRtc.Tests.Turn;

/// <summary>A real coturn on 127.0.0.1, over UDP, TCP and TLS.</summary>
internal sealed class Coturn : IAsyncDisposable
{
    public const string User = "calls";
    public const string Password = "only-for-this-test";
    public const string Secret = "only-for-this-test-too";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Once = TimeSpan.FromMilliseconds(200);
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("calls-turn-");
    private readonly Process _process;

    private Coturn(params string[] more)
    {
        (Port, TlsPort) = (ServerPort.Free(), ServerPort.Free());
        var certificate = WriteCertificate();
        var start = new ProcessStartInfo("turnserver") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
        [
            "-n", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", Number("--listening-port", Port), Number("--tls-listening-port", TlsPort),
            "--realm=calls.test", "--no-cli", "--no-dtls", "--log-file=stdout", $"--cert={certificate}", $"--pkey={certificate}",
            $"--pidfile={Path.Combine(_files.FullName, "pid")}", $"--userdb={Path.Combine(_files.FullName, "users")}", .. more,
        ])
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
    }

    public int Port { get; }

    public int TlsPort { get; }

    /// <summary>One with a user and a password, that relays to the loopback too.</summary>
    public static Task<Coturn> StartAsync(params string[] more) => RunAsync(new Coturn(["--lt-cred-mech", $"--user={User}:{Password}", "--allow-loopback-peers", .. more]));

    /// <summary>One that relays to other machines only.</summary>
    public static Task<Coturn> StartWithoutLoopbackAsync() => RunAsync(new Coturn("--lt-cred-mech", $"--user={User}:{Password}"));

    /// <summary>One with credentials that expire.</summary>
    public static Task<Coturn> StartWithSecretAsync() => RunAsync(new Coturn("--use-auth-secret", $"--static-auth-secret={Secret}", "--allow-loopback-peers"));

    /// <summary>How to reach it.</summary>
    public IceServer Ice(string transport = "udp", string? user = User, string? password = Password) => new()
    {
        Urls = [transport == "tls" ? Url("turns", TlsPort, "tcp") : Url("turn", Port, transport)],
        Username = user,
        Credential = password,
    };

    /// <summary>How to ask it for a reflexive address.</summary>
    public IceServer Stun() => new() { Urls = [string.Create(CultureInfo.InvariantCulture, $"stun:127.0.0.1:{Port}")] };

    /// <summary>A credential that is good until some time (the TURN REST API).</summary>
    public IceServer IceUntil(DateTimeOffset end)
    {
        var user = string.Create(CultureInfo.InvariantCulture, $"{end.ToUnixTimeSeconds()}:somebody");
#pragma warning disable CA5350 // The API asks for it.
        var password = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(user)));
#pragma warning restore CA5350
        return Ice(user: user, password: password);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _files.Delete(recursive: true);
    }

    private static string Number(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");

    private static string Url(string scheme, int port, string transport) => string.Create(CultureInfo.InvariantCulture, $"{scheme}:127.0.0.1:{port}?transport={transport}");

    private static async Task<Coturn> RunAsync(Coturn server)
    {
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await AnswersAsync(server.Port).WaitAsync(Patience);
        await ConnectsAsync(server.TlsPort).WaitAsync(Patience);
        return server;
    }

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

    private static async Task ConnectsAsync(int port)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private string WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=calls.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(_files.FullName, "certificate.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
