using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Audio;

/// <summary>
/// How late packets come compared with the fastest ones, and the delay that covers nearly all of them: the 97th percentile of the last
/// <see cref="Count"/> packets.
/// </summary>
internal sealed class DelayEstimate(int clockRate)
{
    /// <summary>How many packets are looked at: about five seconds.</summary>
    public const int Count = 256;

    private const int Renewal = 16;

    // How many of Count packets come as late as the 97th percentile, or later.
    private const int Latest = Count - Count * 97 / 100;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(400);
    private readonly long[] _delays = new long[Count];
    private long? _first;
    private long _arrivals;

    /// <summary>The delay: 20 to 400 ms; 40 ms before anything is known.</summary>
    public TimeSpan Target { get; private set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Takes an arrival.</summary>
    public void Arrived(long timestamp, TimeSpan now)
    {
        _first ??= timestamp;
        _delays[_arrivals++ % Count] = now.Ticks - (timestamp - _first.Value) * TimeSpan.TicksPerSecond / clockRate;
        if (_arrivals % Renewal != 0)
            return;
        var (fastest, late) = Bounds(_delays.AsSpan(0, (int)Math.Min(_arrivals, Count)));
        // A packet that comes just in time must still be there when its turn comes: half a packet more.
        var target = TimeSpan.FromTicks(late - fastest) + AudioFrame.Duration / 2;
        Target = target < Least ? Least : target > Most ? Most : target;
    }

    /// <summary>Prepares the next arrival.</summary>
    public void Prefetch() => CacheLines.FetchPlace(in _delays[_arrivals % Count]);

    // To sort all of them would cost more than all else that is done for a packet.
    private static (long Fastest, long Late) Bounds(ReadOnlySpan<long> delays)
    {
        var latest = (stackalloc long[Latest])[..(delays.Length - delays.Length * 97 / 100)];
        latest.Fill(long.MinValue);
        var fastest = long.MaxValue;
        foreach (var delay in delays)
        {
            fastest = Math.Min(fastest, delay);
            if (delay <= latest[0])
                continue;
            var at = 0;
            for (; at + 1 < latest.Length && latest[at + 1] < delay; at++)
                latest[at] = latest[at + 1];
            latest[at] = delay;
        }

        return (fastest, latest[0]);
    }
}
