namespace Calls.Load;

/// <summary>The process that drives a server: everything that costs time and is no server's is here.</summary>
internal static class Generator
{
    public const string Echo = "echo";
    public const string EchoAlone = "echo-alone";
    public const string Route = "route";
    public const string Steady = "steady";
    public const string Calls = "calls";
    public const string CallsInStep = "calls-in-step";
    public const string CallsEcho = "calls-echo";
    public const string Latency = "latency";
    public const string HubEcho = "hub-echo";
    public const string HubRoute = "hub-route";
    public const string IdleEcho = "idle-echo";
    public const string IdleUsers = "idle-users";
    public const string Hold = "hold";
    public const string Bridge = "bridge";
    public const string Honest = "honest";
    public const string Garbage = "garbage";
    public const string HonestEcho = "honest-echo";
    public const string GarbageEcho = "garbage-echo";

    private const int InFlight = 16;

    // What a server does not take waits in a stranger's own machine, and not by megabytes in the kernel that the two share here.
    private const int StrangersBuffer = 64 * 1024;

    /// <param name="load">Which.</param>
    /// <param name="size">How many connections, or pairs of them.</param>
    /// <param name="warmUp">How long it runs before it is measured.</param>
    /// <param name="servers">Where; with several, the two of a pair are at different ones.</param>
    public static async Task<int> RunAsync(string load, int size, TimeSpan warmUp, Uri[] servers)
    {
        using Meter meter = new(warmUp);
        var server = servers[0];
        await (load switch
        {
            Echo => EchoLoad.RunAsync(i => RawSocket.ConnectAsync(server, "/echo"), 2 * size, InFlight, meter),
            EchoAlone => EchoLoad.RunAsync(i => RawSocket.ConnectAsync(server, "/echo"), 2 * size, inFlight: 1, meter),
            HubEcho => EchoLoad.RunAsync(i => HubSocket.ConnectAsync(server, $"/hub?user=u{i}&device=d1"), 2 * size, InFlight, meter),
            Bridge => BridgeLoad.RunAsync(i => RawSocket.ConnectAsync(Of(i), $"/bridge?user=u{i}&to=u{i ^ 1}"), size, InFlight, meter),
            Route => RouteLoad.RunAsync(i => RawSocket.ConnectAsync(Of(i), $"/calls?user=u{i}&device=d1"), size, InFlight, meter),
            Steady => SteadyLoad.RunAsync(i => RawSocket.ConnectAsync(Of(i), $"/calls?user=u{i}&device=d1"), size, meter),
            HubRoute => RouteLoad.RunAsync(i => HubSocket.ConnectAsync(server, $"/hub?user=u{i}&device=d1"), size, InFlight, meter),
            Latency => RouteLoad.RunAsync(i => RawSocket.ConnectAsync(Of(i), $"/calls?user=u{i}&device=d1"), size, inFlight: 1, meter),
            Calls => CallLoad.RunAsync(i => RawSocket.ConnectAsync(Of(i), $"/calls?user=u{i}&device=d1"), size, meter),
            CallsInStep => CallLoad.RunInStepAsync(i => RawSocket.ConnectAsync(Of(i), $"/calls?user=u{i}&device=d1"), size, meter),
            CallsEcho => CallLoad.RunEchoAsync(i => RawSocket.ConnectAsync(server, "/echo"), size, meter),
            IdleEcho => IdleLoad.RunAsync(i => RawSocket.ConnectAsync(server, "/echo"), size),
            IdleUsers => IdleLoad.RunAsync(i => RawSocket.ConnectAsync(server, $"/calls?user=idle{i}&device=d1"), size),
            Honest => HonestLoad.RunAsync(i => RawSocket.ConnectAsync(server, $"/calls?user=u{i}&device=d1"), size),
            Garbage => GarbageLoad.RunAsync(i => RawSocket.ConnectAsync(server, $"/calls?user=stranger{i}&device=d1", StrangersBuffer), size),
            HonestEcho => HonestLoad.RunEchoAsync(i => RawSocket.ConnectAsync(server, "/echo"), size),
            GarbageEcho => GarbageLoad.RunAsync(i => RawSocket.ConnectAsync(server, "/echo", StrangersBuffer), size),
            Hold => HoldLoad.RunAsync(i => RawSocket.ConnectAsync(server, $"/calls?user=u{i}&device=d1"), size, meter),
            _ => throw new ArgumentException($"There is no load '{load}'."),
        });
        return 0;

        Uri Of(int connection) => servers[connection % servers.Length];
    }
}
