namespace Calls.Signaling.Server;

/// <summary>The bucket of one key, for all who act in its name. Who has it needs no look at its <see cref="KeyedRateLimit{TKey}"/>, until that has forgotten it.</summary>
internal sealed class RateBucket(TokenBucket tokens)
{
    private readonly Lock _gate = new();
    private TokenBucket _tokens = tokens;
    private bool _isForgotten;

    /// <summary>Whether one may act now, and if not, when; null: the bucket is forgotten, and there may be another one.</summary>
    public bool? TryTake(TokenRate rate, TimeSpan now, out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = default;
            return _isForgotten ? null : TokenBucket.TryTake(ref _tokens, rate, now, out wait);
        }
    }

    /// <summary>Forgets the bucket, if it is as good as a new one.</summary>
    public bool TryForget(TokenRate rate, TimeSpan now)
    {
        lock (_gate)
            return _isForgotten = _tokens.IsFull(rate, now);
    }
}
