using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;

namespace Calls.Media.WebRtc.Tests;

/// <summary>Loses datagrams, by nftables, in a network namespace that knows only the loopback (<c>tests/run.sh</c> makes one); anywhere else it refuses.</summary>
internal sealed class PacketFilter : IAsyncDisposable
{
    private const string Table = "calls_packet_filter";

    private PacketFilter()
    {
    }

    /// <summary>From now on nothing comes in at some ports.</summary>
    public static Task<PacketFilter> CloseAsync(int first, int last) => DropAsync(string.Create(CultureInfo.InvariantCulture, $"udp dport {first}-{last}"));

    /// <summary>From now on nothing comes in.</summary>
    public static Task<PacketFilter> LoseAllAsync() => DropAsync("meta l4proto udp");

    /// <summary>From now on <paramref name="percent"/> of all datagrams are lost, by chance: 1 to 99.</summary>
    public static Task<PacketFilter> LoseAsync(int percent)
        => DropAsync(string.Create(CultureInfo.InvariantCulture, $"meta l4proto udp numgen random mod 100 < {percent}"));

    public async ValueTask DisposeAsync() => await RunAsync($"delete table inet {Table}");

    /// <summary>Nobody else is to lose packets, or to find a network that is only a test's.</summary>
    /// <exception cref="InvalidOperationException">This machine has networks besides the loopback and those that tests make.</exception>
    public static void RefuseWhereOthersAre()
    {
        if (!NetworkInterface.GetAllNetworkInterfaces().All(one => one.NetworkInterfaceType == NetworkInterfaceType.Loopback || one.Name.StartsWith("calls-", StringComparison.Ordinal)))
            throw new InvalidOperationException("Not on a network that others use: run it by tests/run.sh, or in 'unshare -n'.");
    }

    private static async Task<PacketFilter> DropAsync(string datagrams)
    {
        RefuseWhereOthersAre();
        await RunAsync($$"""
            table inet {{Table}} {
              chain input {
                type filter hook input priority 0;
                {{datagrams}} drop
              }
            }
            """);
        return new();
    }

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
