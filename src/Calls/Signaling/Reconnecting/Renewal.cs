namespace Calls.Signaling;

/// <summary>When a connection is made anew because what its welcome said expires. Pure.</summary>
internal static class Renewal
{
    /// <summary>The longest lifetime that counts: timers take no more than 49 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>What lives shorter is not renewed in time anyhow: it ends, and the channel connects again.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>The wait: 70 to 90 % of the lifetime, so that clients who connected together do not come back together; null: not at all.</summary>
    /// <param name="lifetime">How long what the welcome said is good.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan? After(TimeSpan lifetime, double jitter) => lifetime < Shortest ? null : lifetime * (0.7 + 0.2 * jitter);

    /// <summary>The wait after a renewal that failed: a hundredth of the lifetime, then twice that and so on; 1 s at least.</summary>
    public static TimeSpan Retry(TimeSpan lifetime, int attempt)
        => TimeSpan.FromSeconds(Math.Clamp(lifetime.TotalSeconds / 100 * attempt, 1, 600));
}
