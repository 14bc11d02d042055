using System.Globalization;

namespace Calls.Load;

/// <summary>Every figure of one run on this machine.</summary>
internal static class Figures
{
    public const int Pairs = 32;

    /// <summary>How often loads that are compared are measured in turn.</summary>
    public const int Turns = 5;

    // As many as keep a server busy that waits for nobody: with fewer most messages come alone, and what is measured is the waking of threads.
    private const int CallingPairs = 1_024;
    private const int IdleConnections = 4_000;

    // A process may have 20,000 descriptors where nobody raises the limit.
    private const int UsersPerServer = 15_000;

    public static async Task<int> PrintAsync()
    {
        await RatioFigures.PrintAsync();
        double idleEcho;
        await using (var server = await LoadProcess.ServeAsync(LoadServer.Echo))
            idleEcho = await IdleAsync(server, Generator.IdleEcho);
        await using (var server = await LoadProcess.ServeAsync(LoadServer.Calls))
        {
            var idle = await IdleAsync(server, Generator.IdleUsers);
            Print("idle_echo_bytes", idleEcho);
            Print("idle_user_bytes", idle);
            Print("idle_ratio", idle / idleEcho);
            Print("calls_per_core_s", (await Run.OfAsync(server, Generator.Calls, CallingPairs)).PerCore);
            var steady = await Run.OfAsync(server, Generator.Steady, Pairs);
            var latency = (await Run.OfAsync(server, Generator.Latency, Pairs / 8)).Values;
            Print("route_p50_ms", latency["p50_ms"]);
            Print("route_p99_ms", latency["p99_ms"]);
            Print("alloc_bytes_per_candidate", steady.Allocated / steady.Count);
        }

        return 0;
    }

    /// <summary>Whole calls, as clients make them, beside the same messages at a bare echo, in turn; and in step, and by few pairs.</summary>
    public static async Task<int> CallsAsync()
    {
        await using var echo = await LoadProcess.ServeAsync(LoadServer.Echo);
        await using var server = await LoadProcess.ServeAsync(LoadServer.Calls);
        List<(double Echo, double Calls)> turns = [];
        for (var i = 0; i < Turns; i++)
            turns.Add(((await Run.OfAsync(echo, Generator.CallsEcho, CallingPairs)).PerCore, (await Run.OfAsync(server, Generator.Calls, CallingPairs)).PerCore));
        Print("calls_echo_per_core_s", Median(turns, turn => turn.Echo));
        Print("calls_per_core_s", Median(turns, turn => turn.Calls));
        Print("calls_ratio", Median(turns, turn => turn.Calls / turn.Echo));
        Print("calls_in_step_per_core_s", (await Run.OfAsync(server, Generator.CallsInStep, CallingPairs)).PerCore);
        Print("calls_of_few_per_core_s", (await Run.OfAsync(server, Generator.Calls, Pairs)).PerCore);
        Print("calls_of_few_in_step_per_core_s", (await Run.OfAsync(server, Generator.CallsInStep, Pairs)).PerCore);
        return 0;
    }

    /// <summary>Holds users, each of whom starts a call in turn.</summary>
    public static async Task<int> HoldAsync(int users)
    {
        var servers = (users + UsersPerServer - 1) / UsersPerServer;
        var runs = await Task.WhenAll(Enumerable.Range(0, servers).Select(i => HoldOneAsync((users + i) / servers)));
        var held = runs.Sum(run => run.Values["held_users"]);
        Print("held_users", held);
        Print("held_calls", runs.Sum(run => run.Count));
        return held == users ? 0 : 1;
    }

    public static void Print(string name, double value)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.###}"));

    public static double Median<T>(List<T> all, Func<T, double> value) => all.Select(value).Order().ElementAt(all.Count / 2);

    public static int Usage()
    {
        Console.Error.WriteLine("Usage: Calls.Load [--ratios | --calls | --orleans | --flood | --hold USERS]");
        return 2;
    }

    private static async Task<Run> HoldOneAsync(int users)
    {
        await using var server = await LoadProcess.ServeAsync(LoadServer.Calls);
        return await Run.OfAsync(server, Generator.Hold, users);
    }

    /// <summary>What one more idle connection adds to the server's managed heap, after a full collection with all of them open.</summary>
    private static async Task<double> IdleAsync(LoadProcess server, string load)
    {
        // The first connections of a server's life make what all share.
        await using (var first = LoadProcess.Drive(load, 200, server))
            await first.UntilBeginAsync();
        var before = await Run.AskAsync(server, "/heap");
        await using var generator = LoadProcess.Drive(load, IdleConnections, server);
        await generator.UntilBeginAsync();
        return (await Run.AskAsync(server, "/heap") - before) / IdleConnections;
    }
}
