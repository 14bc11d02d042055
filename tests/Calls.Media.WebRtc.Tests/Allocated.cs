namespace Calls.Media.WebRtc.Tests;

/// <summary>What an action allocates on the thread that runs it.</summary>
internal static class Allocated
{
    /// <summary>The bytes. What the runtime remembers only until it collects is forgotten first, as it would be sooner or later.</summary>
    public static long By(Action action)
    {
        GC.Collect();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
