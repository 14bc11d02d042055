using Calls.Media.WebRtc.Dtls.Crypto;
using Calls.Media.WebRtc.Srtp;
using Org.BouncyCastle.Tls;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>What both roles of a handshake agree to, and what they find out (RFC 8827, section 6.5; RFC 5764).</summary>
internal sealed class DtlsTerms(DtlsRole role, DtlsCertificate certificate, IReadOnlyList<DtlsFingerprint> expected, TimeSpan retransmission)
{
    /// <summary>Only the version that all browsers speak.</summary>
    public static ProtocolVersion[] Versions => ProtocolVersion.DTLSv12.Only();

    /// <summary>Only the suite that all must have.</summary>
    public static int[] CipherSuites => [CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256];

    /// <summary>Only the curve that all must have, and that .NET computes natively.</summary>
    public static int[] Groups => [NamedGroup.secp256r1];

    public static IList<SignatureAndHashAlgorithm> Signatures => [Signature];

    private static SignatureAndHashAlgorithm Signature => SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    public int RetransmissionMilliseconds => Math.Max(1, (int)retransmission.TotalMilliseconds);

    /// <summary>The profile that was agreed on; null before.</summary>
    public SrtpProfile? Profile { get; set; }

    public DtlsKeys? Keys { get; private set; }

    /// <summary>Why the handshake was refused here, in a sentence.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Called once, when the other side says that it is over.</summary>
    public Action? Closed { get; set; }

    public TlsCredentials Credentials(TlsContext context)
    {
        var crypto = NetTlsCrypto.Shared;
        var chain = new Certificate([crypto.CreateCertificate(certificate.Encoded)]);
        return new DefaultTlsCredentialedSigner(new(context), new NetSigner(certificate), chain, Signature);
    }

    /// <summary>Refuses a certificate that no expected fingerprint vouches for.</summary>
    public void Verify(Certificate? presented)
    {
        if (presented is null || presented.IsEmpty)
            throw Refuse(AlertDescription.bad_certificate, "The other side showed no certificate.");
        var encoded = presented.GetCertificateAt(0).GetEncoded();
        if (!expected.Any(one => one.Matches(encoded)))
            throw Refuse(AlertDescription.bad_certificate, "The other side's certificate has not the fingerprint of its description.");
    }

    /// <summary>Takes the first of our profiles that the other side has too.</summary>
    public void Choose(UseSrtpData? offered)
    {
        if (offered is null)
            throw Refuse(AlertDescription.missing_extension, "The other side does not use SRTP.");
        Profile = SrtpProfiles.Preferred.Cast<SrtpProfile?>().FirstOrDefault(one => offered.ProtectionProfiles.Contains((int)one!))
            ?? throw Refuse(AlertDescription.handshake_failure, "The other side has no SRTP profile that this one has.");
    }

    /// <summary>Takes the keys out of a complete handshake.</summary>
    public void Complete(TlsContext context)
    {
        var profile = Profile ?? throw new TlsFatalAlert(AlertDescription.internal_error);
        Keys = new(profile, role, context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, DtlsKeys.LengthFor(profile)));
    }

    public void Alerted(short level, short description)
    {
        if (level == AlertLevel.fatal || description == AlertDescription.close_notify)
            Closed?.Invoke();
    }

    private TlsFatalAlert Refuse(short alert, string why)
    {
        Refusal = why;
        return new(alert, why);
    }
}
