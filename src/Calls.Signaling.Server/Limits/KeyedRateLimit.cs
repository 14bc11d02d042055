namespace Calls.Signaling.Server;

/// <summary>One token bucket a key. Forgets the full ones as it grows, so what it holds is bounded by what was used lately.</summary>
internal sealed class KeyedRateLimit<TKey>(TokenRate rate, TimeProvider time)
    where TKey : notnull
{
    private const int FirstSweep = 1024;
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, RateBucket> _buckets = [];
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
        RateBucket? bucket = null;
        return TryTake(key, time.GetTimestamp(), ref bucket, out wait);
    }

    /// <summary>The same for one who acts often.</summary>
    /// <param name="key">Who acts.</param>
    /// <param name="timestamp">The time now.</param>
    /// <param name="bucket">His bucket as he found it the last time; null: he has not looked yet.</param>
    /// <param name="wait">When he may act.</param>
    public bool TryTake(TKey key, long timestamp, ref RateBucket? bucket, out TimeSpan wait)
    {
        var now = time.GetElapsedTime(_origin, timestamp);
        while (true)
        {
            bucket ??= BucketOf(key, now);
            if (bucket.TryTake(rate, now, out wait) is { } taken)
                return taken;
            bucket = null;
        }
    }

    private RateBucket BucketOf(TKey key, TimeSpan now)
    {
        lock (_gate)
        {
            if (_buckets.Count >= _sweepAt)
                Sweep(now);
            if (!_buckets.TryGetValue(key, out var bucket))
                _buckets.Add(key, bucket = new RateBucket(new TokenBucket(rate.Burst, now)));
            return bucket;
        }
    }

    private void Sweep(TimeSpan now)
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.TryForget(rate, now))
                _buckets.Remove(key);
        }

        _sweepAt = Math.Max(FirstSweep, 2 * _buckets.Count);
    }
}
