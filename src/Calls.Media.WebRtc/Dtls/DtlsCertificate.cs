using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>
/// A self-signed certificate with a fresh ECDSA P-256 key (RFC 8827, section 6.5). It proves nothing by itself: the fingerprint in the session
/// description does. Sessions may share one.
/// </summary>
internal sealed class DtlsCertificate
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();

    // Never disposed of: a handshake may still sign with it, and its finalizer frees what it holds.
    private readonly ECDsa _key;

    private DtlsCertificate(ECDsa key, byte[] encoded, DateTimeOffset created)
    {
        _key = key;
        Encoded = encoded;
        Created = created;
        Fingerprint = DtlsFingerprint.Of(encoded);
    }

    /// <summary>The certificate in DER.</summary>
    public byte[] Encoded { get; }

    public DateTimeOffset Created { get; }

    public DtlsFingerprint Fingerprint { get; }

    /// <summary>Makes a certificate that was valid a day ago, for peers whose clocks are slow, and is for 30 days.</summary>
    public static DtlsCertificate Create(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=WebRTC", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.Add(Validity));
        return new(key, certificate.RawData, now);
    }

    /// <summary>Signs a hash; the signature is the DER sequence that TLS wants (RFC 8422, section 5.4).</summary>
    public byte[] Sign(ReadOnlySpan<byte> hash)
    {
        lock (_gate)
            return _key.SignHash(hash.ToArray(), DSASignatureFormat.Rfc3279DerSequence);
    }
}
