using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Calls.Media.WebRtc.Tests.Turn;

namespace Calls.Trust.Tests;

/// <summary>A real coturn with <c>use-auth-secret</c> on 127.0.0.1, and its own client.</summary>
internal sealed class Coturn : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Coturn(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    public static async Task<Coturn> StartAsync(string secret)
    {
        var folder = Directory.CreateTempSubdirectory("coturn").FullName;
        var port = ServerPort.Free();
        string[] arguments =
        [
            "-n", "--use-auth-secret", "--static-auth-secret=" + secret, "--realm=calls.example", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"--listening-port={port}"), "--allow-loopback-peers", "--no-cli", "--no-tls", "--no-dtls",
            $"--pidfile={folder}/pid", $"--userdb={folder}/db", $"--log-file={folder}/log", "--simple-log",
        ];
        var process = Process.Start(Quiet("turnserver", arguments))!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        Coturn server = new(process, folder, port);
        // It answers a bare request as soon as it listens.
        for (var attempt = 0; await TurnClient.AllocateAsync(port, null, null) != 401; attempt++)
        {
            if (attempt == 300 || process.HasExited)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException("coturn did not start; is it installed?");
            }

            // A port that nobody listens at yet refuses at once.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return server;
    }

    /// <summary>Lets coturn's own client send messages through a relay and back; true when some came.</summary>
    public async Task<bool> RelaysAsync(string username, string password)
    {
        using var client = Process.Start(Quiet("turnutils_uclient",
            ["-u", username, "-w", password, "-n", "5", "-m", "1", "-y", "-p", Port.ToString(CultureInfo.InvariantCulture), "127.0.0.1"]))!;
        _ = client.StandardError.ReadToEndAsync();
        var said = await client.StandardOutput.ReadToEndAsync().InTime();
        await client.WaitForExitAsync().InTime();
        return Regex.IsMatch(said, "tot_recv_msgs=[1-9]", RegexOptions.CultureInvariant) && !said.Contains("Cannot complete Allocation", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().InTime();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static ProcessStartInfo Quiet(string program, string[] arguments)
        => new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
}
