using System.Globalization;

namespace Calls.Tests.Properties;

/// <summary>How many cases a property is shown. <c>CALLS_FUZZ_RUNS</c> sets it, for a long night; by default few, so that a test run stays short.</summary>
internal static class FuzzRuns
{
    private const long ShortRun = 20_000;

    private static readonly long Runs = long.TryParse(
        Environment.GetEnvironmentVariable("CALLS_FUZZ_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) ? runs : ShortRun;

    /// <param name="cost">How many times dearer a case is than one message to the parser: so many times fewer are tried.</param>
    public static long At(int cost = 1) => Math.Max(1, Runs / cost);
}
