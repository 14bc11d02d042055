using Calls.Media.WebRtc.Dtls.Crypto;
using Calls.Media.WebRtc.Srtp;
using Org.BouncyCastle.Tls;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>The side that begins.</summary>
internal sealed class ClientPeer(DtlsTerms terms) : AbstractTlsClient(NetTlsCrypto.Shared), TlsAuthentication
{
    public override bool IgnoreCorruptDtlsRecords => true;

    public override int GetHandshakeResendTimeMillis() => terms.RetransmissionMilliseconds;

    public override bool RequiresExtendedMasterSecret() => true;

    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    public override TlsAuthentication GetAuthentication() => this;

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        var extensions = base.GetClientExtensions();
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new([.. SrtpProfiles.Preferred.Select(profile => (int)profile)], []));
        return extensions;
    }

    public override void ProcessServerExtensions(IDictionary<int, byte[]> serverExtensions)
    {
        base.ProcessServerExtensions(serverExtensions);
        terms.Choose(TlsSrtpUtilities.GetUseSrtpExtension(serverExtensions));
    }

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate) => terms.Verify(serverCertificate.Certificate);

    public TlsCredentials GetClientCredentials(CertificateRequest certificateRequest) => terms.Credentials(m_context);

    public override void NotifyHandshakeComplete() => terms.Complete(m_context);

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) => terms.Alerted(alertLevel, alertDescription);

    protected override ProtocolVersion[] GetSupportedVersions() => DtlsTerms.Versions;

    protected override int[] GetSupportedCipherSuites() => DtlsTerms.CipherSuites;

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => DtlsTerms.Groups;

    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms() => DtlsTerms.Signatures;
}
