using Calls.Signaling;

namespace Calls;

/// <summary>How calls behave. Validated when the app starts.</summary>
public sealed class CallOptions
{
    /// <summary>How long an own call may stay Outgoing, whatever the server says. 1 s – 10 min; default 50 s, a little more than
    /// the server rings: where that is set to ring longer, set this too.</summary>
    public TimeSpan OutgoingTimeout { get; set; } = TimeSpan.FromSeconds(50);

    /// <summary>How long an incoming call rings where its offer does not say. 1 s – 10 min; default 45 s.</summary>
    public TimeSpan RingTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a call may stay Connecting. 1 s – 5 min; default 20 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the media connection may be silent before the call counts as reconnecting. 0 s – 1 min; default 2 s.</summary>
    public TimeSpan ReconnectAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a reconnecting call may take to come back. 1 s – 10 min; default 30 s.</summary>
    public TimeSpan ReconnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an ended call stays Ended or Failed before the manager is Idle again. 0 s – 1 h; default 3 s.</summary>
    public TimeSpan EndedLinger { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many remote candidates of a call are kept until they can be applied; of more, the oldest are dropped. 1 – 4,096; default 256.</summary>
    public int MaxEarlyCandidates { get; set; } = 256;

    /// <summary>STUN and TURN servers beside those that the signaling server tells. Default: none.</summary>
    public IList<IceServer> IceServers { get; } = [];

    /// <summary>Whether only relayed candidates may be used. Default: no; a TURN server that cannot be reached then does not stop a direct call.</summary>
    public bool RelayOnly { get; set; }

    /// <summary>Whether a manager connects its signaling channel by itself. Default: yes.</summary>
    public bool AutoConnect { get; set; } = true;
}
