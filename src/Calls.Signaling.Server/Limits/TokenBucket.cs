namespace Calls.Signaling.Server;

/// <summary>
/// A token bucket as a pure value: time is an argument. <c>System.Threading.RateLimiting</c> reads its own clock and keeps a timer that never rests,
/// so it goes with no <see cref="TimeProvider"/>.
/// </summary>
/// <param name="Tokens">The tokens left.</param>
/// <param name="At">When they were counted.</param>
internal readonly record struct TokenBucket(double Tokens, TimeSpan At)
{
    /// <summary>Whether a token was there; and if not, in what time one will be.</summary>
    public static bool TryTake(ref TokenBucket bucket, TokenRate rate, TimeSpan now, out TimeSpan wait)
    {
        var tokens = bucket.TokensAt(rate, now);
        var taken = tokens >= 1;
        wait = taken ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - tokens) / rate.PerSecond);
        bucket = new TokenBucket(taken ? tokens - 1 : tokens, now);
        return taken;
    }

    /// <summary>Whether the bucket is as good as a new one.</summary>
    public bool IsFull(TokenRate rate, TimeSpan now) => TokensAt(rate, now) >= rate.Burst;

    private double TokensAt(TokenRate rate, TimeSpan now)
        => Math.Min(rate.Burst, Tokens + Math.Max(0, (now - At).TotalSeconds) * rate.PerSecond);
}

/// <summary>How a bucket fills.</summary>
/// <param name="PerSecond">Tokens a second.</param>
/// <param name="Burst">The most that it holds.</param>
internal readonly record struct TokenRate(double PerSecond, double Burst);
