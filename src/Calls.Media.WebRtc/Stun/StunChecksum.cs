using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Calls.Media.WebRtc.Stun;

/// <summary>What guards a message: integrity by a key (RFC 8489, section 14.5) and fingerprint (section 14.7).</summary>
internal static class StunChecksum
{
    /// <summary>The length of an integrity value.</summary>
    public const int IntegrityLength = 20;

    private const uint FingerprintMask = 0x5354554E;
    private static readonly uint[] CrcTable = BuildCrcTable();

    /// <summary>Writes the integrity of a message up to its integrity attribute.</summary>
    /// <param name="key">The password, or what <see cref="LongTermKey"/> gives.</param>
    /// <param name="before">The message until the attribute, its header's length counting up to the attribute's end.</param>
    /// <param name="integrity">Gets <see cref="IntegrityLength"/> bytes.</param>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 8445 and RFC 8656 ask for HMAC-SHA1, which is not known to be broken as a MAC.")]
    public static void WriteIntegrity(ReadOnlySpan<byte> key, ReadOnlySpan<byte> before, Span<byte> integrity)
        => HMACSHA1.HashData(key, before, integrity);

    /// <summary>The key of a user with a password in a realm (RFC 8489, section 9.2.2).</summary>
    [SuppressMessage("Security", "CA5351", Justification = "RFC 8489 derives the key so.")]
    public static byte[] LongTermKey(string user, string realm, string password) => MD5.HashData(Encoding.UTF8.GetBytes($"{user}:{realm}:{password}"));

    /// <summary>The fingerprint of a message up to its fingerprint attribute, its header's length counting up to the attribute's end.</summary>
    public static uint Fingerprint(ReadOnlySpan<byte> before) => Crc(before) ^ FingerprintMask;

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
            crc = CrcTable[(byte)(crc ^ one)] ^ crc >> 8;
        return ~crc;
    }

    private static uint[] BuildCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
