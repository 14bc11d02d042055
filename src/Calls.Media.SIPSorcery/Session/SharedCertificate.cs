using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Org.BouncyCastle.X509;
using SIPSorcery.Net;

namespace Calls.Media.SIPSorcery.Session;

/// <summary>The certificate of the process. It is valid for 30 days; connections that begin within a day share it, because making one costs as much as the rest of a
/// connection.</summary>
internal static class SharedCertificate
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly Lock Gate = new();
    private static (RTCCertificate2 Certificate, DateTimeOffset Made)? _current;

    /// <summary>The one to show.</summary>
    public static RTCCertificate2 Of(TimeProvider time)
    {
        lock (Gate)
        {
            var now = time.GetUtcNow();
            if (_current is { } current && (now - current.Made).Duration() < Lifetime)
                return current.Certificate;
            var (chain, key) = DtlsUtils.CreateSelfSignedTlsCert(new BcTlsCrypto());
            RTCCertificate2 made = new() { Certificate = new X509Certificate(chain.GetCertificateAt(0).GetEncoded()), PrivateKey = key };
            _current = (made, now);
            return made;
        }
    }
}
