using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>A network interface that comes and goes, in a network namespace that knows only the loopback (<c>tests/run.sh</c> makes one); anywhere else it refuses.</summary>
internal sealed class Network(string name, string address) : IAsyncDisposable
{
    private bool _isThere;

    public string Address => address;

    private bool IsKnown => LocalAddresses.Shared.Get(withLoopback: false).Contains(IPAddress.Parse(address));

    public async Task ComeAsync()
    {
        PacketFilter.RefuseWhereOthersAre();
        await IpAsync($"link add {name} type veth peer name {name}-far");
        _isThere = true;
        await IpAsync($"link set {name}-far up");
        await IpAsync($"link set {name} up");
        await EngineCall.Until(() => NetworkInterface.GetAllNetworkInterfaces().Single(one => one.Name == name).OperationalStatus == OperationalStatus.Up, "the link is up");
        await IpAsync($"addr add {address}/{(address.Contains(':', StringComparison.Ordinal) ? 64 : 24)} dev {name}");
        await EngineCall.Until(() => IsKnown, "the engine has heard of it");
    }

    /// <summary>The other end of the cable is pulled: the address stays, and leads nowhere.</summary>
    public async Task LoseLinkAsync()
    {
        await IpAsync($"link set {name}-far down");
        await EngineCall.Until(() => !IsKnown, "the engine has heard of it");
    }

    public async Task GoAsync()
    {
        await IpAsync($"link delete {name}");
        _isThere = false;
        await EngineCall.Until(() => !IsKnown, "the engine has heard of it");
    }

    public async ValueTask DisposeAsync()
    {
        if (_isThere)
            await GoAsync();
    }

    private static async Task IpAsync(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, complaints);
    }
}
