namespace Calls.Load;

/// <summary>What honest users feel of strangers who send ten times as much, all of it garbage: quiet and flooded in turn. At a server with its default limits, and at a bare echo, where
/// what grows is the machine's own.</summary>
internal static class FloodFigures
{
    private const int Pairs = 40;
    private const int Strangers = 160;
    private const int Turns = 8;
    private const int WindowsPerTurn = 3;

    public static async Task<int> PrintAsync()
    {
        await PrintAsync("echo_", LoadServer.Echo, Generator.HonestEcho, Generator.GarbageEcho);
        await PrintAsync("", LoadServer.Guarded, Generator.Honest, Generator.Garbage);
        return 0;
    }

    private static async Task PrintAsync(string prefix, string kind, string honestLoad, string garbageLoad)
    {
        await using var server = await LoadProcess.ServeAsync(kind);
        await using var honest = LoadProcess.Drive(honestLoad, Pairs, server);
        await honest.UntilBeginAsync();
        List<Window> quiet = [], flooded = [];
        List<double> ratios = [];
        var sent = 0.0;
        for (var turn = 0; turn < Turns; turn++)
        {
            var before = await WindowsAsync(server, honest);
            // Strangers have machines of their own: they must not take the processor from who is measured.
            await using var garbage = LoadProcess.DriveBehind(garbageLoad, Strangers, server);
            await garbage.UntilBeginAsync();
            var during = await WindowsAsync(server, honest);
            sent = await ValueAsync(garbage, "sent");
            // In the first turn what garbage meets is still being compiled.
            if (turn == 0)
                continue;
            quiet.AddRange(before);
            flooded.AddRange(during);
            ratios.Add(Figures.Median(during, window => window.P99) / Figures.Median(before, window => window.P99));
        }

        Figures.Print(prefix + "honest_per_s", Figures.Median(flooded, window => window.PerSecond));
        Figures.Print(prefix + "garbage_per_s", sent);
        Figures.Print(prefix + "quiet_p50_ms", Figures.Median(quiet, window => window.P50));
        Figures.Print(prefix + "quiet_p99_ms", Figures.Median(quiet, window => window.P99));
        Figures.Print(prefix + "flooded_p50_ms", Figures.Median(flooded, window => window.P50));
        Figures.Print(prefix + "flooded_p99_ms", Figures.Median(flooded, window => window.P99));
        Figures.Print(prefix + "quiet_server_cores", Figures.Median(quiet, window => window.ServerCores));
        Figures.Print(prefix + "flooded_server_cores", Figures.Median(flooded, window => window.ServerCores));
        Figures.Print(prefix + "flood_p99_ratio", Figures.Median(flooded, window => window.P99) / Figures.Median(quiet, window => window.P99));

        // How far one turn is from another, with nothing changed: a difference below it says nothing.
        Figures.Print(prefix + "flood_p99_ratio_of_a_turn_least", ratios.Min());
        Figures.Print(prefix + "flood_p99_ratio_of_a_turn_most", ratios.Max());
    }

    // The first window of a turn is partly of the turn before.
    private static async Task<List<Window>> WindowsAsync(LoadProcess server, LoadProcess honest)
    {
        List<Window> windows = [];
        for (var i = 0; i <= WindowsPerTurn; i++)
        {
            var before = server.CpuSeconds;
            windows.Add(new Window(
                await ValueAsync(honest, "count") / HonestLoad.Window.TotalSeconds, await ValueAsync(honest, "p50_ms"), await ValueAsync(honest, "p99_ms"),
                (server.CpuSeconds - before) / HonestLoad.Window.TotalSeconds));
        }

        return windows[1..];
    }

    private static async Task<double> ValueAsync(LoadProcess process, string name)
    {
        while (true)
        {
            if ((await process.LineAsync()).Split('=') is [var what, var value] && what == name)
                return double.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private sealed record Window(double PerSecond, double P50, double P99, double ServerCores);
}
