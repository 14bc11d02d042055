using System.Collections.Concurrent;

namespace Calls.Testing.Tests;

/// <summary>Runs every case of a suite against every flaw, several at once, since what takes time in a case is waiting.</summary>
internal static class FlawHunt
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    /// <summary>The names of the cases that fail, by flaw.</summary>
    public static async Task<IReadOnlyDictionary<TFlaw, IReadOnlyList<string>>> FoundAsync<TFlaw, TRig>(
        IReadOnlyList<ConformanceCase<TRig>> cases, Func<TFlaw, TimeSpan, TRig> rigOf)
        where TFlaw : struct, Enum
        where TRig : IAsyncDisposable
    {
        // Some cases hold a thread, as a slow observer does.
        ThreadPool.SetMinThreads(64, 64);
        ConcurrentDictionary<TFlaw, IReadOnlyList<string>> found = [];
        await Parallel.ForEachAsync(Enum.GetValues<TFlaw>(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (flaw, _) =>
        {
            var failed = await Task.WhenAll(cases.Select(one => Task.Run(async () =>
            {
                // Only where a fault is expected is it worth little waiting.
                await using var rig = rigOf(flaw, one.Name == flaw.ToString() ? Short : Long);
                return await FailsAsync(one, rig);
            })));
            found[flaw] = [.. cases.Where((_, index) => failed[index]).Select(one => one.Name)];
        });
        return found;
    }

    private static async Task<bool> FailsAsync<TRig>(ConformanceCase<TRig> one, TRig rig)
    {
        try
        {
            await one.RunAsync(rig);
            return false;
        }
        catch (ConformanceException exception)
        {
            exception.CaseName.Should().Be(one.Name);
            exception.Message.Should().StartWith($"{one.Name}: expected: ").And.Contain(" Got: ");
            return true;
        }
    }
}
