namespace Calls.Media.WebRtc.Prefetching;

/// <summary>
/// The turns of many, each with its own memory. A hundred calls take their turns every 20 ms; by then what one of them touches has left the processor's nearest memory, and one read
/// after the other would be waited for, each for as long as hundreds of instructions take. So some are prepared together, step by step: their reads overlap.
/// </summary>
internal static class Turns
{
    private const int Together = 8, Steps = 10;

    // An object with what it is reached by.
    private const int Lines = 3;

    /// <summary>To be called before each turn: prepares it and the next few, where that is not done yet.</summary>
    /// <param name="all">Whose turns come, in their order.</param>
    /// <param name="number">Whose turn it is.</param>
    public static void Prepare<T>(ReadOnlySpan<T> all, int number)
        where T : class, IPrefetched
    {
        if (number % Together != 0)
            return;
        var group = all.Slice(number, Math.Min(Together, all.Length - number));
        foreach (var one in group)
            CacheLines.Fetch(one, Lines);
        for (var step = 0; step < Steps; step++)
        {
            foreach (var one in group)
                one.Prefetch(step);
        }
    }
}
