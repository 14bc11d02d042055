using System.Globalization;

namespace Calls.Load;

/// <summary>What one generator did to one server in its measured time.</summary>
/// <param name="Count">How often it did it.</param>
/// <param name="Seconds">In what time.</param>
/// <param name="ServerCpu">The server's processor seconds meanwhile.</param>
/// <param name="GeneratorCpu">The generator's.</param>
/// <param name="Allocated">What the server allocated meanwhile, in bytes.</param>
/// <param name="Values">What else the generator says.</param>
internal sealed record Run(
    double Count, double Seconds, double ServerCpu, double GeneratorCpu, double Allocated, IReadOnlyDictionary<string, double> Values)
{
    private static readonly HttpClient Http = new();

    public double PerCore => Count / ServerCpu;

    /// <summary>Lets a generator loose on a server, and measures both between its <c>begin</c> and its <c>end</c>.</summary>
    public static Task<Run> OfAsync(LoadProcess server, string load, int size, int warmUp = LoadProcess.WarmUp) => OfAsync([server], load, size, warmUp);

    /// <summary>The same with several servers, whose processor counts together.</summary>
    public static async Task<Run> OfAsync(LoadProcess[] servers, string load, int size, int warmUp = LoadProcess.WarmUp)
    {
        await using var generator = LoadProcess.Drive(load, size, warmUp, servers);
        Dictionary<string, double> values = [];
        double serverCpu = 0, generatorCpu = 0, allocated = 0, seconds = 0;
        while (true)
        {
            var line = await generator.LineAsync();
            if (line == LoadProcess.Begin)
            {
                // The time first: a busy server takes a while to answer.
                (serverCpu, generatorCpu, seconds) = (servers.Sum(server => server.CpuSeconds), generator.CpuSeconds, Now());
                allocated = await AllocatedAsync(servers);
            }
            else if (line == LoadProcess.End)
            {
                (serverCpu, generatorCpu, seconds) = (servers.Sum(server => server.CpuSeconds) - serverCpu, generator.CpuSeconds - generatorCpu, Now() - seconds);
                allocated = await AllocatedAsync(servers) - allocated;
            }
            else if (line.Split('=') is [var name, var value])
            {
                values[name] = double.Parse(value, CultureInfo.InvariantCulture);
                if (name == "count")
                    return Said(load, new Run(values[name], seconds, serverCpu, generatorCpu, allocated, values));
            }
        }
    }

    public static async Task<double> AskAsync(LoadProcess server, string what)
        => double.Parse(await Http.GetStringAsync(new Uri(server.Address, what)), CultureInfo.InvariantCulture);

    private static async Task<double> AllocatedAsync(LoadProcess[] servers)
        => (await Task.WhenAll(servers.Select(server => AskAsync(server, "/allocated")))).Sum();

    /// <summary>What bounded a figure is no figure: it goes to the other stream.</summary>
    private static Run Said(string load, Run run)
    {
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"# {load}: {run.Count:F0} in {run.Seconds:F1} s, server {run.ServerCpu / run.Seconds:P0} of a core, generator {run.GeneratorCpu / run.Seconds:P0}"));
        return run;
    }

    private static double Now() => TimeProvider.System.GetTimestamp() / (double)TimeProvider.System.TimestampFrequency;
}
