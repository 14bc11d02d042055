namespace Calls.Media.WebRtc.Srtp;

/// <summary>How packets are protected, numbered as in the <c>use_srtp</c> extension (RFC 5764, section 4.1.2; RFC 7714, section 14.2).</summary>
internal enum SrtpProfile
{
    /// <summary><c>SRTP_AES128_CM_HMAC_SHA1_80</c>.</summary>
    AesCm128HmacSha1Tag80 = 0x0001,

    /// <summary><c>SRTP_AEAD_AES_128_GCM</c>.</summary>
    AeadAes128Gcm = 0x0007,
}

internal static class SrtpProfiles
{
    /// <summary>Both have a master key of 128 bits.</summary>
    public const int KeyLength = 16;

    /// <summary>The first one is preferred: one pass, and a longer tag.</summary>
    public static IReadOnlyList<SrtpProfile> Preferred { get; } = [SrtpProfile.AeadAes128Gcm, SrtpProfile.AesCm128HmacSha1Tag80];

    /// <summary>The length of the master salt, in bytes.</summary>
    public static int SaltLength(this SrtpProfile profile) => profile == SrtpProfile.AeadAes128Gcm ? 12 : 14;
}
