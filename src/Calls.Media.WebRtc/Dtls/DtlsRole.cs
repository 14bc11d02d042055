namespace Calls.Media.WebRtc.Dtls;

/// <summary>Who begins the handshake (RFC 8842, section 5: <c>active</c> and <c>passive</c>).</summary>
internal enum DtlsRole
{
    /// <summary>Sends the first message.</summary>
    Client,

    /// <summary>Waits for it.</summary>
    Server,
}
