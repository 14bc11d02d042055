namespace Calls.Load;

/// <summary>What honest users feel of strangers who send ten times as much, all of it garbage: in turn quiet, with the strangers aside at another server, which is what the machine itself adds,
/// and flooded. At a server with its default limits, and at a bare echo, which takes what comes.</summary>
internal static class FloodFigures
{
    private const int Pairs = 40;
    private const int Strangers = 160;
    private const int Turns = 8;
    private const int WindowsPerTurn = 3;

    public static async Task<int> PrintAsync()
    {
        // Behind all others: it stands for servers elsewhere.
        await using var aside = await LoadProcess.ServeBehindAsync(LoadServer.Echo);
        await PrintAsync("echo_", LoadServer.Echo, Generator.HonestEcho, Generator.GarbageEcho, aside);
        await PrintAsync("", LoadServer.Guarded, Generator.Honest, Generator.Garbage, aside);
        return 0;
    }

    private static async Task PrintAsync(string prefix, string kind, string honestLoad, string garbageLoad, LoadProcess aside)
    {
        await using var server = await LoadProcess.ServeAsync(kind);
        await using var honest = LoadProcess.Drive(honestLoad, Pairs, server);
        await honest.UntilBeginAsync();
        List<Window> quiet = [], besides = [], flooded = [];
        List<double> ratios = [];
        var taken = 0.0;
        for (var turn = 0; turn < Turns; turn++)
        {
            var before = await WindowsAsync(server, honest);
            var (elsewhere, _) = await FloodAsync(Generator.GarbageEcho, aside);
            (var during, taken) = await FloodAsync(garbageLoad, server);

            // In the first turn what garbage meets is still being compiled.
            if (turn == 0)
                continue;
            quiet.AddRange(before);
            besides.AddRange(elsewhere);
            flooded.AddRange(during);
            ratios.Add(P99(during) / P99(before));
        }

        Figures.Print(prefix + "honest_per_s", Figures.Median(flooded, window => window.PerSecond));
        Figures.Print(prefix + "garbage_offered_per_s", Strangers * GarbageLoad.PerSecond);
        Figures.Print(prefix + "garbage_taken_per_s", taken);
        Print("quiet_", quiet);
        Print("aside_", besides);
        Print("flooded_", flooded);
        Figures.Print(prefix + "flood_p99_ratio", P99(flooded) / P99(quiet));
        Figures.Print(prefix + "flood_p99_ratio_to_aside", P99(flooded) / P99(besides));

        // How far one turn is from another, with nothing changed: a difference below it says nothing.
        Figures.Print(prefix + "flood_p99_ratio_of_a_turn_least", ratios.Min());
        Figures.Print(prefix + "flood_p99_ratio_of_a_turn_most", ratios.Max());

        async Task<(List<Window> Windows, double Sent)> FloodAsync(string load, LoadProcess target)
        {
            // Strangers have machines of their own: they must not take the processor from who is measured.
            await using var garbage = LoadProcess.DriveBehind(load, Strangers, target);
            await garbage.UntilBeginAsync();
            var windows = await WindowsAsync(server, honest);

            // What counts is the last: strangers begin with the burst that they may send after a rest.
            var sent = 0.0;
            for (var i = 0; i < WindowsPerTurn; i++)
                sent = await ValueAsync(garbage, "sent_per_s");
            return (windows, sent);
        }

        void Print(string phase, List<Window> windows)
        {
            Figures.Print(prefix + phase + "p50_ms", Figures.Median(windows, window => window.P50));
            Figures.Print(prefix + phase + "p99_ms", P99(windows));
            Figures.Print(prefix + phase + "server_cores", Figures.Median(windows, window => window.ServerCores));
        }
    }

    private static double P99(List<Window> windows) => Figures.Median(windows, window => window.P99);

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
