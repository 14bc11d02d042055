using System.Diagnostics;
using Calls.Media.WebRtc.Tests;

namespace Calls.Browser.Tests.Harness.Firefox;

/// <summary>A network that leads nowhere, with the way to the internet through it: Firefox has no candidate where only the loopback is.</summary>
internal sealed class NetworkCard : IAsyncDisposable
{
    private const string Name = "calls-ff";

    private NetworkCard()
    {
    }

    /// <summary>Plugs it in, in a network namespace that knows only the loopback (<c>tests/run.sh</c> makes one); anywhere else it refuses.</summary>
    public static async Task<NetworkCard> PlugInAsync()
    {
        PacketFilter.RefuseWhereOthersAre();
        await IpAsync($"link add {Name} type veth peer name {Name}-far");
        await IpAsync($"link set {Name}-far up");
        await IpAsync($"link set {Name} up");
        await IpAsync($"addr add 10.77.0.1/24 dev {Name}");
        await IpAsync($"route add default via 10.77.0.2 dev {Name}");
        return new();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await IpAsync($"link delete {Name}");

    private static async Task IpAsync(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, complaints);
    }
}
