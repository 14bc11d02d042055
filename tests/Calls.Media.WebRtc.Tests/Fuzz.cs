using System.Globalization;

namespace Calls.Media.WebRtc.Tests;

/// <summary>Runs with seeds, so that what fails can be played again. <c>CALLS_FUZZ_RUNS</c> says how many; <c>CALLS_FUZZ_SEED</c> where they begin.</summary>
internal static class Fuzz
{
    private const int ShortRuns = 100_000;

    /// <summary>Runs <paramref name="body"/>; of the runs that are asked for, one in <paramref name="share"/> for what is slow.</summary>
    public static void Run(int share, Action<Random, int> body)
        => RunAsync(share, (random, seed) =>
        {
            body(random, seed);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    /// <summary>The same for what takes its time.</summary>
    public static async Task RunAsync(int share, Func<Random, int, Task> body)
    {
        var runs = Number("CALLS_FUZZ_RUNS", ShortRuns) / share;
        var first = Number("CALLS_FUZZ_SEED", 1);
        for (var i = 0; i < runs; i++)
        {
            var seed = unchecked(first + i);
            try
            {
                await body(new Random(seed), seed);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"CALLS_FUZZ_SEED={seed} fails: {failure.Message}", failure);
            }
        }
    }

    private static int Number(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
