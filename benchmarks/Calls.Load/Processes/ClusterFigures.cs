using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Calls.Load;

/// <summary>The figures of two servers that are one by Orleans and Redis, beside two that publish and subscribe by Redis alone. The servers' processor counts, Redis' does not.</summary>
internal static class ClusterFigures
{
    private const int Pairs = 16;

    public static async Task<int> PrintAsync()
    {
        var directory = Directory.CreateTempSubdirectory("calls-load-").FullName;
        try
        {
            var port = FreePort();
            await using var redis = await LoadProcess.RedisAsync(directory, port);
            await PrintFiguresAsync($"127.0.0.1:{port}");
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task PrintFiguresAsync(string redis)
    {
        double echo;
        await using (var one = await LoadProcess.ServeAsync(LoadServer.Bridge, "--redis", redis))
        await using (var other = await LoadProcess.ServeAsync(LoadServer.Bridge, "--redis", redis))
            echo = (await Run.OfAsync([one, other], Generator.Bridge, Pairs)).PerCore;
        Figures.Print("echo_per_core_s", echo);
        await using var first = await NodeAsync(redis);
        await using var second = await NodeAsync(redis);
        var routed = await Run.OfAsync([first, second], Generator.Route, Pairs);
        Figures.Print("routed_per_core_s", routed.PerCore);
        Figures.Print("routed_ratio", routed.PerCore / echo);
        Figures.Print("calls_per_core_s", (await Run.OfAsync([first, second], Generator.Calls, Pairs)).PerCore);
        var latency = (await Run.OfAsync([first, second], Generator.Latency, 2)).Values;
        Figures.Print("route_p50_ms", latency["p50_ms"]);
        Figures.Print("route_p99_ms", latency["p99_ms"]);
        Figures.Print("alloc_bytes_per_message", routed.Allocated / routed.Count);
    }

    private static Task<LoadProcess> NodeAsync(string redis)
        => LoadProcess.ServeAsync(LoadServer.Node, "--redis", redis, "--silo", Text(FreePort()), "--gateway", Text(FreePort()));

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
