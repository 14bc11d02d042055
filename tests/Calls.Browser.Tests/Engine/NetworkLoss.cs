using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;

namespace Calls.Browser.Tests.Engine;

/// <summary>Loses datagrams by chance, by nftables, in a network namespace that knows only the loopback (<c>tests/run.sh</c> makes one); anywhere else it refuses.</summary>
internal sealed class NetworkLoss : IAsyncDisposable
{
    private const string Table = "calls_loss";

    private NetworkLoss()
    {
    }

    /// <summary>From now on <paramref name="percent"/> of all datagrams are lost.</summary>
    public static async Task<NetworkLoss> BeginAsync(int percent)
    {
        if (!NetworkInterface.GetAllNetworkInterfaces().All(one => one.NetworkInterfaceType == NetworkInterfaceType.Loopback))
            throw new InvalidOperationException("Not on a network that others use: run it by tests/run.sh, or in 'unshare -n'.");
        await RunAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            table inet {{Table}} {
              chain input {
                type filter hook input priority 0;
                meta l4proto udp numgen random mod 100 < {{percent}} drop
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
