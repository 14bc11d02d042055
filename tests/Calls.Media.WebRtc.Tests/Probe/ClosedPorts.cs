using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;

namespace Calls.Media.WebRtc.Tests.Probe;

/// <summary>A firewall that lets no datagram in at some ports, by nftables, in a network namespace that knows only the loopback (<c>tests/run.sh</c> makes one);
/// anywhere else it refuses.</summary>
internal sealed class ClosedPorts : IAsyncDisposable
{
    private const string Table = "calls_closed_ports";

    private ClosedPorts()
    {
    }

    /// <summary>Closes them.</summary>
    public static async Task<ClosedPorts> CloseAsync(int first, int last)
    {
        if (!NetworkInterface.GetAllNetworkInterfaces().All(one => one.NetworkInterfaceType == NetworkInterfaceType.Loopback))
            throw new InvalidOperationException("Not on a network that others use: run it by tests/run.sh, or in 'unshare -n'.");
        await RunAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            table inet {{Table}} {
              chain input {
                type filter hook input priority 0;
                udp dport {{first}}-{{last}} drop
              }
            }
            """));
        return new();
    }

    public async ValueTask DisposeAsync() => await RunAsync($"delete table inet {Table}");

    private static async Task RunAsync(string rules)
    {
        using var process = Process.Start(new ProcessStartInfo("nft", ["-f", "-"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(rules);
        process.StandardInput.Close();
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, complaints);
    }
}
