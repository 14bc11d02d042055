namespace Calls.Signaling.Server;

/// <summary>A clock that is later at every look, whoever looks at once.</summary>
internal static class RisingTicks
{
    /// <summary>The time now, or one tick after the last look, if that is later.</summary>
    /// <param name="last">The last look.</param>
    /// <param name="now">The time now, in ticks.</param>
    public static long Next(ref long last, long now)
    {
        long before, next;
        do
        {
            before = Volatile.Read(ref last);
            next = Math.Max(now, before + 1);
        }
        while (Interlocked.CompareExchange(ref last, next, before) != before);
        return next;
    }
}
