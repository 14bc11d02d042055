using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Calls.Media.WebRtc.Dtls.Crypto;

/// <summary>Signs with the own certificate's key.</summary>
internal sealed class NetSigner(DtlsCertificate certificate) : TlsSigner
{
    public byte[] GenerateRawSignature(SignatureAndHashAlgorithm algorithm, byte[] hash) => certificate.Sign(hash);

    public TlsStreamSigner? GetStreamSigner(SignatureAndHashAlgorithm algorithm) => null;
}
