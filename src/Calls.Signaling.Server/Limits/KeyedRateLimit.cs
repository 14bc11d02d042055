using System.Runtime.InteropServices;

namespace Calls.Signaling.Server;

/// <summary>One token bucket a key. Forgets the full ones as it grows, so what it holds is bounded by what was used lately.</summary>
internal sealed class KeyedRateLimit<TKey>(TokenRate rate, TimeProvider time)
    where TKey : notnull
{
    private const int FirstSweep = 1024;
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TokenBucket> _buckets = [];
    private readonly long _origin = time.GetTimestamp();
    private int _sweepAt = FirstSweep;

    public int Count
    {
        get
        {
            lock (_gate)
                return _buckets.Count;
        }
    }

    /// <summary>Whether <paramref name="key"/> may act now; and if not, when it may.</summary>
    public bool TryTake(TKey key, out TimeSpan wait)
    {
        var now = time.GetElapsedTime(_origin);
        lock (_gate)
        {
            if (_buckets.Count >= _sweepAt)
                Sweep(now);
            ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, key, out var known);
            if (!known)
                bucket = new TokenBucket(rate.Burst, now);
            return TokenBucket.TryTake(ref bucket, rate, now, out wait);
        }
    }

    private void Sweep(TimeSpan now)
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull(rate, now))
                _buckets.Remove(key);
        }

        _sweepAt = Math.Max(FirstSweep, 2 * _buckets.Count);
    }
}
