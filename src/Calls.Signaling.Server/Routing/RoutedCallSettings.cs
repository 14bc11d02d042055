namespace Calls.Signaling.Server;

/// <summary>The times and bounds that one call goes by.</summary>
public sealed record RoutedCallSettings
{
    /// <summary>How long the call rings. Default 45 s.</summary>
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a device may be away, and how long an ended call is remembered. Default 30 s.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many candidates each device may send in the call. Default 256.</summary>
    public int MaxCandidates { get; init; } = 256;

    /// <summary>How many messages are kept for one device. Default 512.</summary>
    public int MaxKeptMessages { get; init; } = 512;

    internal static RoutedCallSettings Of(CallSignalingOptions options) => new()
    {
        RingTimeout = options.RingTimeout,
        ResumeWindow = options.ResumeWindow,
        MaxCandidates = options.Limits.MaxCandidatesPerCall,
        MaxKeptMessages = options.Limits.MaxKeptMessages,
    };
}
