using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Calls.Media.WebRtc.Dtls.Crypto;

/// <summary>ECDH on P-256, with .NET's own implementation (RFC 8422, section 5.10).</summary>
internal sealed class NetAgreement(NetTlsCrypto crypto) : TlsAgreement
{
    private const byte Uncompressed = 4;
    private const int CoordinateLength = 32;

    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private ECParameters _peer;

    public byte[] GenerateEphemeral()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [Uncompressed, .. point.X!, .. point.Y!];
    }

    public void ReceivePeerValue(byte[] peerValue)
    {
        if (peerValue.Length != 1 + 2 * CoordinateLength || peerValue[0] != Uncompressed)
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        _peer = new()
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = peerValue[1..(1 + CoordinateLength)], Y = peerValue[(1 + CoordinateLength)..] },
        };
    }

    public TlsSecret CalculateSecret()
    {
        try
        {
            // Importing refuses a point that is not on the curve.
            using var peer = ECDiffieHellman.Create(_peer);
            using (_key)
                return crypto.CreateSecret(_key.DeriveRawSecretAgreement(peer.PublicKey));
        }
        catch (CryptographicException exception)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, exception);
        }
    }
}
