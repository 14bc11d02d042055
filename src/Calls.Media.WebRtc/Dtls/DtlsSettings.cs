namespace Calls.Media.WebRtc.Dtls;

/// <summary>How one handshake is done.</summary>
internal sealed record DtlsSettings
{
    /// <summary>How long the first flight waits before it is sent again; doubled each time. Far under the second of RFC 6347, section 4.2.4.1: ICE
    /// has just shown that the path works, and a lost flight keeps a call silent.</summary>
    public TimeSpan Retransmission { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the whole handshake may take, from <see cref="DtlsTransport.HandshakeAsync"/> on.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
