using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Calls.Media.WebRtc.Dtls.Crypto;

/// <summary>BouncyCastle's cryptography, with .NET's own where curves are computed: that is where a handshake's time goes.</summary>
internal sealed class NetTlsCrypto() : BcTlsCrypto(new SecureRandom(new CryptoApiRandomGenerator()))
{
    /// <summary>It has no state besides the random source, so one serves all.</summary>
    public static NetTlsCrypto Shared { get; } = new();

    public override TlsCertificate CreateCertificate(short type, byte[] encoding)
        => type == CertificateType.X509 ? new NetCertificate(this, encoding) : base.CreateCertificate(type, encoding);

    public override TlsECDomain CreateECDomain(TlsECConfig ecConfig)
        => ecConfig.NamedGroup == NamedGroup.secp256r1 ? new NetDomain(this) : base.CreateECDomain(ecConfig);

    private sealed class NetDomain(NetTlsCrypto crypto) : TlsECDomain
    {
        public TlsAgreement CreateECDH() => new NetAgreement(crypto);
    }
}
