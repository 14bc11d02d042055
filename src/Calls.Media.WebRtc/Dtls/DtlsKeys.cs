using System.Security.Cryptography;
using Calls.Media.WebRtc.Srtp;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>What a handshake yields: the SRTP profile, and keying material for both directions (RFC 5764, section 4.2).</summary>
internal sealed class DtlsKeys(SrtpProfile profile, DtlsRole role, byte[] material)
{
    public SrtpProfile Profile => profile;

    /// <summary>The length of the keying material that a profile needs, in bytes.</summary>
    public static int LengthFor(SrtpProfile profile) => 2 * (SrtpProfiles.KeyLength + profile.SaltLength());

    /// <summary>Protects what this side sends.</summary>
    public SrtpContext CreateSender() => Create(ofClient: role == DtlsRole.Client);

    /// <summary>Opens what the other side sends.</summary>
    public SrtpContext CreateReceiver() => Create(ofClient: role == DtlsRole.Server);

    /// <summary>Forgets the material, once both contexts are made.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(material);

    // The keys of client and server come first, then their salts.
    private SrtpContext Create(bool ofClient)
    {
        var (keyLength, saltLength) = (SrtpProfiles.KeyLength, profile.SaltLength());
        return new(
            profile,
            material.AsSpan(ofClient ? 0 : keyLength, keyLength),
            material.AsSpan(2 * keyLength + (ofClient ? 0 : saltLength), saltLength));
    }
}
