namespace Calls.Media.WebRtc.Sdp;

/// <summary>One <c>m=</c> section.</summary>
internal sealed record MediaSection
{
    /// <summary>What it carries.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>The first word of the <c>m=</c> line, as it was written.</summary>
    public required string KindName { get; init; }

    /// <summary>The transport protocol, as it was written; <c>UDP/TLS/RTP/SAVPF</c> where it is ours.</summary>
    public required string Protocol { get; init; }

    /// <summary>The formats, as they were written.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The name of the section (RFC 5888); null: none.</summary>
    public string? Mid { get; init; }

    /// <summary>Whether it is refused or over: port 0 without <c>bundle-only</c>.</summary>
    public bool IsRejected { get; init; }

    /// <summary>Who sends.</summary>
    public MediaDirection Direction { get; init; } = MediaDirection.SendReceive;

    /// <summary>The codecs whose names are known, in the order of the formats: the author's preference.</summary>
    public IReadOnlyList<RtpCodec> Codecs { get; init; } = [];

    /// <summary>The header extensions.</summary>
    public IReadOnlyList<RtpExtensionMap> Extensions { get; init; } = [];

    /// <summary>ICE, DTLS; null in a section that says nothing of it.</summary>
    public TransportDescription? Transport { get; init; }

    /// <summary>Whether RTP and RTCP share one port (RFC 5761).</summary>
    public bool MultiplexesRtcp { get; init; }

    /// <summary>Whether RTCP packets need no report (RFC 5506).</summary>
    public bool ReducedSizeRtcp { get; init; }

    /// <summary>The stream that the author sends; null: none was named.</summary>
    public StreamIdentity? Stream { get; init; }

    /// <summary>The candidates in the description, as <c>candidate:…</c>; most come by trickle instead.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Whether no more candidates come in this generation (RFC 8840).</summary>
    public bool EndOfCandidates { get; init; }
}
