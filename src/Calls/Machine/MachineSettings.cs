using Calls.Media;

namespace Calls.Machine;

/// <summary>The numbers that the machine goes by.</summary>
internal sealed record MachineSettings
{
    public TimeSpan OutgoingTimeout { get; init; } = TimeSpan.FromSeconds(50);

    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ReconnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call of which the server knows nothing waits for its connection. Nobody can restart ICE in it, and most often the other side has just hung up and could not say so.</summary>
    public TimeSpan ForgottenTimeout => TimeSpan.FromTicks(Math.Min(ReconnectTimeout.Ticks, 3 * ReconnectAfter.Ticks));

    public TimeSpan EndedLinger { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A peer that does not answer a negotiation in this time never will (a plain client does not know the message).</summary>
    public TimeSpan NegotiationTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before offering again after the peer refused.</summary>
    public TimeSpan NegotiationRetry { get; init; } = TimeSpan.FromSeconds(1);

    public int MaxEarlyCandidates { get; init; } = 256;

    /// <summary>What the media engine can do.</summary>
    public MediaCapabilities Capabilities { get; init; } = (MediaCapabilities)~0;

    /// <summary>Whether a session of this engine takes a second offer.</summary>
    public bool CanRenegotiate => Capabilities.HasFlag(MediaCapabilities.Renegotiation);

    /// <summary>Whether a session of this engine can restart ICE, which is a second offer too.</summary>
    public bool CanRestartIce => CanRenegotiate && Capabilities.HasFlag(MediaCapabilities.IceRestart);

    public static MachineSettings From(CallOptions options, MediaCapabilities capabilities) => new()
    {
        Capabilities = capabilities,
        OutgoingTimeout = options.OutgoingTimeout,
        RingTimeout = options.RingTimeout,
        ConnectTimeout = options.ConnectTimeout,
        ReconnectAfter = options.ReconnectAfter,
        ReconnectTimeout = options.ReconnectTimeout,
        EndedLinger = options.EndedLinger,
        MaxEarlyCandidates = options.MaxEarlyCandidates,
    };
}
