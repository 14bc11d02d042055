namespace Calls.Signaling;

/// <summary>
/// Exponential back-off with full jitter, endless: the wait before attempt <c>n</c> is anywhere between zero and
/// <c>min(maxDelay, initialDelay · 2^(n−1))</c>, so that the clients of a server that went down do not come back all at once.
/// </summary>
public sealed class JitteredBackoff : IReconnectPolicy
{
    private readonly TimeSpan _initialDelay;
    private readonly TimeSpan _maxDelay;
    private readonly Random _random;

    /// <summary>A back-off.</summary>
    /// <param name="initialDelay">The longest wait before the first attempt. 1 ms – 1 min; default 0.5 s.</param>
    /// <param name="maxDelay">The longest wait of all. <paramref name="initialDelay"/> – 1 h; default 10 s.</param>
    /// <param name="random">Where the jitter comes from. One that is not <see cref="Random.Shared"/> serves one channel only. Default:
    /// <see cref="Random.Shared"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A delay is outside its range.</exception>
    public JitteredBackoff(TimeSpan? initialDelay = null, TimeSpan? maxDelay = null, Random? random = null)
    {
        _initialDelay = initialDelay ?? TimeSpan.FromSeconds(0.5);
        _maxDelay = maxDelay ?? TimeSpan.FromSeconds(10);
        _random = random ?? Random.Shared;
        if (_initialDelay < TimeSpan.FromMilliseconds(1) || _initialDelay > TimeSpan.FromMinutes(1))
            throw new ArgumentOutOfRangeException(nameof(initialDelay), initialDelay, "The first wait is 1 ms to 1 min.");
        if (_maxDelay < _initialDelay || _maxDelay > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(maxDelay), maxDelay, "The longest wait is at least the first one and at most 1 h.");
    }

    /// <inheritdoc/>
    public TimeSpan? NextDelay(ReconnectAttempt attempt) => Ceiling(attempt.Number) * _random.NextDouble();

    /// <summary>The longest wait before attempt <paramref name="number"/>.</summary>
    internal TimeSpan Ceiling(int number)
    {
        // 2^40 of the shortest first wait is beyond the longest of all: no overflow below.
        var grown = _initialDelay.TotalSeconds * Math.Pow(2, Math.Clamp(number - 1, 0, 40));
        return TimeSpan.FromSeconds(Math.Min(grown, _maxDelay.TotalSeconds));
    }
}
