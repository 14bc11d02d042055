namespace Calls.Media.WebRtc.Sdp;

/// <summary>A session description (RFC 8866) as far as a call needs it: one transport, and the sections that share it.</summary>
internal sealed record SessionDescription
{
    /// <summary>The session id of the origin line; digits.</summary>
    public required string SessionId { get; init; }

    /// <summary>The session version of the origin line: grows with every description of a session (RFC 9429, section 5.2.2).</summary>
    public required ulong SessionVersion { get; init; }

    /// <summary>The mids of the first BUNDLE group, in its order; empty: none (RFC 9143).</summary>
    public IReadOnlyList<string> Bundle { get; init; } = [];

    /// <summary>Whether one- and two-byte header extensions may be mixed (RFC 8285, section 6).</summary>
    public bool MixesExtensions { get; init; }

    /// <summary>The sections, in order.</summary>
    public IReadOnlyList<MediaSection> Sections { get; init; } = [];
}

/// <summary>What a section carries.</summary>
internal enum MediaKind
{
    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Pictures.</summary>
    Video,

    /// <summary>Something that a call does not need: it is rejected.</summary>
    Other,
}

/// <summary>Who sends in a section, seen from the description's author (RFC 8866, section 6.7).</summary>
[Flags]
internal enum MediaDirection
{
    /// <summary><c>inactive</c></summary>
    Inactive = 0,

    /// <summary><c>sendonly</c></summary>
    SendOnly = 1,

    /// <summary><c>recvonly</c></summary>
    ReceiveOnly = 2,

    /// <summary><c>sendrecv</c>, the default.</summary>
    SendReceive = SendOnly | ReceiveOnly,
}

/// <summary>Who begins the DTLS handshake (RFC 5763, section 5).</summary>
internal enum DtlsSetup
{
    /// <summary>Either; only in offers.</summary>
    ActPass,

    /// <summary>The description's author is the DTLS client.</summary>
    Active,

    /// <summary>The description's author is the DTLS server.</summary>
    Passive,
}
