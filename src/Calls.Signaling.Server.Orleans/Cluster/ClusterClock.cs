namespace Calls.Signaling.Server.Orleans;

/// <summary>
/// The time of one node, since the Unix epoch: later at every look, and later than every time that came from another node. So what follows from a
/// message is later than it, though the nodes' clocks differ a little (a hybrid logical clock).
/// </summary>
internal sealed class ClusterClock(TimeProvider time)
{
    private long _last;

    /// <summary>The time now, later than <paramref name="known"/>.</summary>
    public TimeSpan After(TimeSpan known)
    {
        Observe(known.Ticks);
        return TimeSpan.FromTicks(Next());
    }

    public long Next() => RisingTicks.Next(ref _last, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks);

    /// <summary>Takes note of a time that came from elsewhere.</summary>
    public void Observe(long ticks)
    {
        long last;
        do
        {
            last = Volatile.Read(ref _last);
            if (ticks <= last)
                return;
        }
        while (Interlocked.CompareExchange(ref _last, ticks, last) != last);
    }
}
