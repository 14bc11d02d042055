namespace Calls.Media.WebRtc.Ice;

/// <summary>The times and limits of an agent.</summary>
internal sealed record IceAgentSettings
{
    /// <summary>Whether only relayed candidates are used.</summary>
    public bool RelayOnly { get; init; }

    /// <summary>The time between two checks (RFC 8445, section 14.2). Default: 20 ms.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many checks may go at once after a rest, so that the first pairs need not wait for one another. Default: 5.</summary>
    public int Burst { get; init; } = 5;

    /// <summary>When an unanswered check is sent again; the wait doubles each time, up to <see cref="LongestRetry"/>. Default: 100 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two checks of a pair. Default: 1.6 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMilliseconds(1600);

    /// <summary>After how many unanswered checks a pair has failed. Default: 9, in all 9.5 s.</summary>
    public int Attempts { get; init; } = 9;

    /// <summary>How often the other side is asked whether it still agrees (RFC 7675, section 5.1, which wants 5 s at most); varied by a fifth. Default: 2.5 s.</summary>
    public TimeSpan ConsentInterval { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>When an unanswered question for consent is asked again. Default: 250 ms.</summary>
    public TimeSpan ConsentRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a way that is not used is kept open. Default: 15 s.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the other side leaves questions unanswered before the way counts as silent. Default: 2.5 s.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long an answer is consent (RFC 7675, section 5.1). Default: 30 s.</summary>
    public TimeSpan ConsentLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to look without finding a way, from the last new pair on. Default: 15 s.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many candidates of the other side are known in a generation. Default: 128.</summary>
    public int MaximumRemotes { get; init; } = 128;

    /// <summary>How many pairs a generation has; better ones take the place of worse (RFC 8445, section 6.1.2.5). Default: 200.</summary>
    public int MaximumPairs { get; init; } = 200;
}
