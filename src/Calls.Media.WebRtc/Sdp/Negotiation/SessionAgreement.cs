namespace Calls.Media.WebRtc.Sdp;

/// <summary>What an offer and its answer agree on.</summary>
internal sealed record SessionAgreement
{
    /// <summary>The other side's ICE credentials and fingerprints.</summary>
    public required TransportDescription Remote { get; init; }

    /// <summary>Whether we are the client of the DTLS handshake.</summary>
    public required bool IsDtlsClient { get; init; }

    /// <summary>Whether the other side began a new ICE generation with it (RFC 8839, section 4.4.1.1.1).</summary>
    public bool IsIceRestart { get; init; }

    /// <summary>The candidates in the other side's description, as <c>candidate:…</c>.</summary>
    public IReadOnlyList<string> RemoteCandidates { get; init; } = [];

    /// <summary>The mid of the section that stands for the transport: candidates are told with it.</summary>
    public required string TransportMid { get; init; }

    /// <summary>The index of that section.</summary>
    public required int TransportIndex { get; init; }

    /// <summary>The sound; null: refused.</summary>
    public AgreedSection? Audio { get; init; }

    /// <summary>The pictures; null: refused or not offered.</summary>
    public AgreedSection? Video { get; init; }
}

/// <summary>What both sides speak in one section.</summary>
internal sealed record AgreedSection
{
    /// <summary>The section's name.</summary>
    public required string Mid { get; init; }

    /// <summary>The section's index in the descriptions.</summary>
    public required int Index { get; init; }

    /// <summary>Whether we may send, whether we receive.</summary>
    public required MediaDirection Direction { get; init; }

    /// <summary>What may come and go; the first is the one to send. Never empty.</summary>
    public required IReadOnlyList<AgreedCodec> Codecs { get; init; }

    /// <summary>The number of the mid extension; 0: none.</summary>
    public byte MidExtension { get; init; }

    /// <summary>The number of the extension with the sequence over the whole transport; 0: none.</summary>
    public byte TransportSequenceExtension { get; init; }

    /// <summary>Whether RTCP may be sent without a report.</summary>
    public bool ReducedSizeRtcp { get; init; }

    /// <summary>The stream that the other side named; null: none.</summary>
    public StreamIdentity? RemoteStream { get; init; }

    /// <summary>Whether what we have leaves.</summary>
    public bool Sends => (Direction & MediaDirection.SendOnly) != 0;

    /// <summary>Whether something may come.</summary>
    public bool Receives => (Direction & MediaDirection.ReceiveOnly) != 0;
}

/// <summary>A codec that both sides speak. Each side names the payload types in which it wants to receive (RFC 3264, section 5.1).</summary>
internal sealed record AgreedCodec
{
    /// <summary>The encoding, as this package writes it: <c>opus</c>, <c>PCMU</c>, <c>PCMA</c>, <c>VP8</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Ticks of the RTP timestamp a second.</summary>
    public required int ClockRate { get; init; }

    /// <summary>The payload type in which we send.</summary>
    public required byte SendPayloadType { get; init; }

    /// <summary>The payload type in which it comes.</summary>
    public required byte ReceivePayloadType { get; init; }

    /// <summary>The payload type of our retransmissions (RFC 4588); null: lost packets are sent again as they were.</summary>
    public byte? SendRetransmissionType { get; init; }

    /// <summary>The payload type of the other side's retransmissions; null: none come.</summary>
    public byte? ReceiveRetransmissionType { get; init; }

    /// <summary>Whether lost packets are asked for (generic NACK, RFC 4585).</summary>
    public bool Nack { get; init; }

    /// <summary>Whether a lost picture is told (PLI, RFC 4585).</summary>
    public bool PictureLoss { get; init; }

    /// <summary>Whether a full picture may be asked for (FIR, RFC 5104).</summary>
    public bool FullIntra { get; init; }

    /// <summary>Whether arrivals are told over the whole transport.</summary>
    public bool TransportFeedback { get; init; }

    /// <summary>What the other side's <c>fmtp</c> says; null: nothing.</summary>
    public string? RemoteParameters { get; init; }
}
