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
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(400);
    private readonly long[] _delays = new long[Count];
    private readonly long[] _sorted = new long[Count];
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
        var known = _sorted.AsSpan(0, (int)Math.Min(_arrivals, Count));
        _delays.AsSpan(0, known.Length).CopyTo(known);
        known.Sort();
        // A packet that comes just in time must still be there when its turn comes: half a packet more.
        var late = TimeSpan.FromTicks(known[known.Length * 97 / 100] - known[0]) + AudioFrame.Duration / 2;
        Target = late < Least ? Least : late > Most ? Most : late;
    }
}
