namespace Calls.Media.WebRtc.Ice;

/// <summary>How an address was found (RFC 8445, section 5.1.1).</summary>
internal enum IceCandidateKind
{
    /// <summary>An address of this machine.</summary>
    Host,

    /// <summary>As a STUN server sees a host address.</summary>
    ServerReflexive,

    /// <summary>As the other agent sees a host address.</summary>
    PeerReflexive,

    /// <summary>An address on a TURN server.</summary>
    Relayed,
}
