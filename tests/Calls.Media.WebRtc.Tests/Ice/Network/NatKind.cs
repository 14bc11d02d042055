namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>What stands between a host and the world (RFC 4787, in the older words of RFC 3489).</summary>
public enum NatKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One outer port for an inner one, open to everybody.</summary>
    FullCone,

    /// <summary>One outer port for an inner one, open to the addresses that it sent to.</summary>
    Restricted,

    /// <summary>One outer port for an inner one, open to the addresses and ports that it sent to.</summary>
    PortRestricted,

    /// <summary>An outer port for every address and port that it sends to, open to that only.</summary>
    Symmetric,
}
