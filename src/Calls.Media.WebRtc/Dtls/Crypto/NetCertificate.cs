using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Calls.Media.WebRtc.Dtls.Crypto;

/// <summary>The other side's certificate; its ECDSA signatures are verified with .NET's own implementation.</summary>
internal sealed class NetCertificate : BcTlsCertificate
{
    private readonly byte[] _encoding;

    public NetCertificate(BcTlsCrypto crypto, byte[] encoding)
        : base(crypto, encoding)
        => _encoding = encoding;

    /// <summary>As it was sent: that is what the fingerprint is of.</summary>
    public override byte[] GetEncoded() => _encoding;

    public override TlsVerifier CreateVerifier(short signatureAlgorithm)
        => signatureAlgorithm == SignatureAlgorithm.ecdsa ? new Verifier(KeyOf()) : base.CreateVerifier(signatureAlgorithm);

    private ECDsa KeyOf()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(X509CertificateStructure.SubjectPublicKeyInfo.GetEncoded(), out _);
            return key;
        }
        catch (CryptographicException exception)
        {
            key.Dispose();
            throw new TlsFatalAlert(AlertDescription.bad_certificate, exception);
        }
    }

    private sealed class Verifier(ECDsa key) : TlsVerifier
    {
        public TlsStreamVerifier? GetStreamVerifier(DigitallySigned digitallySigned) => null;

        public bool VerifyRawSignature(DigitallySigned digitallySigned, byte[] hash)
        {
            using (key)
                return key.VerifyHash(hash, digitallySigned.Signature, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
