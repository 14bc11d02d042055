using Calls.Media.WebRtc.Dtls.Crypto;
using Org.BouncyCastle.Tls;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>The side that is called upon. It asks for the other side's certificate, as both sides of a call must show one.</summary>
internal sealed class ServerPeer(DtlsTerms terms) : AbstractTlsServer(NetTlsCrypto.Shared)
{
    public override bool IgnoreCorruptDtlsRecords => true;

    public override int GetHandshakeResendTimeMillis() => terms.RetransmissionMilliseconds;

    public override bool RequiresExtendedMasterSecret() => true;

    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    public override int[] GetSupportedGroups() => DtlsTerms.Groups;

    public override TlsCredentials GetCredentials() => terms.Credentials(m_context);

    public override CertificateRequest GetCertificateRequest() => new([ClientCertificateType.ecdsa_sign], DtlsTerms.Signatures, null);

    public override void ProcessClientExtensions(IDictionary<int, byte[]> clientExtensions)
    {
        base.ProcessClientExtensions(clientExtensions);
        terms.Choose(TlsSrtpUtilities.GetUseSrtpExtension(clientExtensions));
    }

    public override IDictionary<int, byte[]> GetServerExtensions()
    {
        var extensions = base.GetServerExtensions();
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new([(int)terms.Profile!], []));
        return extensions;
    }

    public override void NotifyClientCertificate(Certificate clientCertificate) => terms.Verify(clientCertificate);

    public override void NotifyHandshakeComplete() => terms.Complete(m_context);

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) => terms.Alerted(alertLevel, alertDescription);

    protected override ProtocolVersion[] GetSupportedVersions() => DtlsTerms.Versions;

    protected override int[] GetSupportedCipherSuites() => DtlsTerms.CipherSuites;

    protected override bool AllowCertificateStatus() => false;

    protected override int SelectECDH(int minimumCurveBits)
        => m_context.SecurityParameters.ClientSupportedGroups?.Contains(NamedGroup.secp256r1) != false ? NamedGroup.secp256r1 : -1;
}
