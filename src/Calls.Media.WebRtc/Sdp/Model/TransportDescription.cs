namespace Calls.Media.WebRtc.Sdp;

/// <summary>The author's end of the one transport: ICE credentials (RFC 8839) and DTLS identity (RFC 8122).</summary>
internal sealed record TransportDescription
{
    /// <summary>The ICE user name fragment: 4 to 256 ice-chars.</summary>
    public required string IceUfrag { get; init; }

    /// <summary>The ICE password: 22 to 256 ice-chars.</summary>
    public required string IcePwd { get; init; }

    /// <summary>The fingerprints, one of which the certificate must have.</summary>
    public required IReadOnlyList<CertificateFingerprint> Fingerprints { get; init; }

    /// <summary>Who begins the handshake.</summary>
    public DtlsSetup Setup { get; init; } = DtlsSetup.ActPass;
}

/// <summary>A certificate's hash (RFC 8122, section 5).</summary>
/// <param name="Algorithm"><c>sha-256</c>, <c>sha-384</c> or <c>sha-512</c>, in lower case.</param>
/// <param name="Value">The hash as upper-case hexadecimal pairs with colons, so that equal hashes are equal values.</param>
internal readonly record struct CertificateFingerprint(string Algorithm, string Value);

/// <summary>The stream of a section: how its packets are known, and to which media stream it belongs.</summary>
internal sealed record StreamIdentity
{
    /// <summary>The source of the packets; null: told by mid and payload type alone.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>The source of the retransmissions (RFC 4588); null: none.</summary>
    public uint? RetransmissionSsrc { get; init; }

    /// <summary>The canonical name (RFC 3550, section 6.5.1); null: not told.</summary>
    public string? CanonicalName { get; init; }

    /// <summary>The media stream (RFC 8830); <c>-</c> or null: none.</summary>
    public string? StreamId { get; init; }

    /// <summary>The track (RFC 8830); null: not told.</summary>
    public string? TrackId { get; init; }
}
