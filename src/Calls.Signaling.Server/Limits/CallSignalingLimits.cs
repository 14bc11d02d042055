namespace Calls.Signaling.Server;

/// <summary>What one client may ask of the server. Validated when the app starts. JSON nested deeper than
/// <see cref="SignalingJson.MaxDepth"/> is refused too, always.</summary>
public sealed class CallSignalingLimits
{
    /// <summary>The largest message, in bytes; a larger one is refused with <see cref="ErrorCodes.TooLarge"/> and the connection closes.
    /// 1,024 – 1,048,576; default 65,536.</summary>
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <summary>How many candidates each device may send in a call; more are refused with <see cref="ErrorCodes.TooManyCandidates"/>.
    /// 1 – 4,096; default 256.</summary>
    public int MaxCandidatesPerCall { get; set; } = 256;

    /// <summary>How many messages a second a user may send in the long run, from all his devices together; more are refused with
    /// <see cref="ErrorCodes.RateLimited"/>, and his connection is read more slowly. 1 – 100,000; default 50.</summary>
    public int MessagesPerSecond { get; set; } = 50;

    /// <summary>How many messages a user may send at once after a rest. 1 – 1,000,000; default 200.</summary>
    public int MessageBurst { get; set; } = 200;

    /// <summary>How many malformed messages a minute a user may send in the long run, and at once after a rest; more are refused with
    /// <see cref="ErrorCodes.RateLimited"/>, and the connection that they come from is read so slowly that no more of them arrive. They count as
    /// messages too. 12 – 100,000; default 60.</summary>
    public int MalformedPerMinute { get; set; } = 60;

    /// <summary>How many calls a user may have at once as their caller; more are refused with <see cref="ErrorCodes.TooManyCalls"/>.
    /// 1 – 10,000; default 8.</summary>
    public int MaxCallsPerUser { get; set; } = 8;

    /// <summary>How often a user may ring the same chat within <see cref="RingWindow"/>; more rings are refused with
    /// <see cref="ErrorCodes.TooManyRings"/>. 1 – 10,000; default 10.</summary>
    public int MaxRingsPerTarget { get; set; } = 10;

    /// <summary>How often a user may ring anybody within <see cref="RingWindow"/>; more rings are refused with
    /// <see cref="ErrorCodes.TooManyRings"/>. 1 – 1,000,000; default 60.</summary>
    public int MaxRingsPerUser { get; set; } = 60;

    /// <summary>The time for <see cref="MaxRingsPerTarget"/> and <see cref="MaxRingsPerUser"/>. 1 s – 1 h; default 1 min.</summary>
    public TimeSpan RingWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many messages may wait for a client that reads slowly; at one more it is told <see cref="ErrorCodes.SlowReader"/> and the
    /// connection closes. 8 – 65,536; default 1,024.</summary>
    public int SendQueueLength { get; set; } = 1_024;

    /// <summary>How many messages of a call are kept for one device, to be sent again when it comes back. At least 64 more than
    /// <see cref="MaxCandidatesPerCall"/>, at most 65,536; default 512. When a party is away and this is full, the other one's messages are
    /// refused with <see cref="ErrorCodes.RateLimited"/>; its <c>call:end</c> never is.</summary>
    public int MaxKeptMessages { get; set; } = 512;

    /// <summary>How many devices of one user may be connected at once; one more is refused with HTTP status 429. 1 – 1,000; default 16.</summary>
    public int MaxDevicesPerUser { get; set; } = 16;
}
