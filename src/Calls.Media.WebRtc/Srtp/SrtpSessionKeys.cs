using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Srtp;

/// <summary>The keys of one direction, of either RTP or RTCP, as they come from the master key (RFC 3711, section 4.3; RFC 7714, section 11).</summary>
internal sealed class SrtpSessionKeys
{
    private const int BlockLength = 16;
    private const int AuthenticationKeyLength = 20;
    private const int LabelPosition = 7;

    private SrtpSessionKeys(byte[] encryption, byte[] authentication, byte[] salt)
    {
        Encryption = encryption;
        Authentication = authentication;
        Salt = salt;
    }

    public byte[] Encryption { get; }

    public byte[] Authentication { get; }

    public byte[] Salt { get; }

    public static SrtpSessionKeys Of(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, bool forRtcp)
    {
        // Labels 0 to 2 belong to RTP, 3 to 5 to RTCP.
        var label = forRtcp ? 3 : 0;
        return new(
            Derive(masterKey, masterSalt, label, SrtpProfiles.KeyLength),
            Derive(masterKey, masterSalt, label + 1, AuthenticationKeyLength),
            Derive(masterKey, masterSalt, label + 2, profile.SaltLength()));
    }

    /// <summary>Session keys that are known already, as in the test vectors of RFC 7714.</summary>
    public static SrtpSessionKeys Known(byte[] encryption, byte[] authentication, byte[] salt) => new(encryption, authentication, salt);

    /// <summary>The pseudo-random function AES-CM with a key derivation rate of zero.</summary>
    internal static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, int label, int length)
    {
        Span<byte> counters = stackalloc byte[2 * BlockLength];
        Span<byte> stream = stackalloc byte[2 * BlockLength];
        masterSalt.CopyTo(counters);
        counters[LabelPosition] ^= (byte)label;
        counters[..BlockLength].CopyTo(counters[BlockLength..]);
        counters[^1] = 1;
        using var aes = Aes.Create();
        aes.SetKey(masterKey);
        aes.EncryptEcb(counters, stream, PaddingMode.None);
        var key = stream[..length].ToArray();
        CryptographicOperations.ZeroMemory(stream);
        return key;
    }
}
