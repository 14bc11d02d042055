namespace Calls.Media.WebRtc.Turn;

/// <summary>The times and limits of a TURN client.</summary>
internal sealed record TurnSettings
{
    /// <summary>When an unanswered request is sent again over UDP; the wait doubles each time. Default: 200 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two sendings. Default: 1.6 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMilliseconds(1600);

    /// <summary>How long a request waits for its answer. Default: 8 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a permission lasts without renewal (RFC 8656, section 9); it is renewed a minute before. Default: 5 minutes.</summary>
    public TimeSpan PermissionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a channel lasts without renewal (RFC 8656, section 12); it is renewed a minute before. Default: 10 minutes.</summary>
    public TimeSpan ChannelLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many packets wait for a permission, for each address. Default: 4.</summary>
    public int MaximumWaiting { get; init; } = 4;

    /// <summary>How many addresses have a permission. Default: 128.</summary>
    public int MaximumPeers { get; init; } = 128;
}
