using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Srtp;

/// <summary>
/// Encrypts and authenticates packets, in place, with the session keys of one direction, of either RTP or RTCP. Knows nothing of the packets'
/// layout, and allocates nothing per packet.
/// </summary>
internal abstract class SrtpCipher : IDisposable
{
    /// <summary>The length of the authentication tag, in bytes.</summary>
    public abstract int TagLength { get; }

    /// <summary>Whether the rollover counter of an RTP packet is authenticated beside the packet; otherwise it is in the nonce only.</summary>
    public abstract bool AuthenticatesRollover { get; }

    public static SrtpCipher Create(SrtpProfile profile, SrtpSessionKeys keys)
        => profile == SrtpProfile.AeadAes128Gcm ? new GcmCipher(keys) : new CounterModeCipher(keys);

    /// <summary>Encrypts a packet's body, and makes the tag over header, body and trailer.</summary>
    /// <param name="packet">Header and body.</param>
    /// <param name="headerLength">How much of the packet stays readable.</param>
    /// <param name="ssrc">The packet's source.</param>
    /// <param name="index">The packet's index, 48 bits for RTP and 31 bits for RTCP.</param>
    /// <param name="trailer">What is authenticated beside the packet; at most 4 bytes.</param>
    /// <param name="tag">Where the tag goes.</param>
    public abstract void Seal(Span<byte> packet, int headerLength, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, Span<byte> tag);

    /// <summary>Checks the tag and decrypts the body; false where the packet is not authentic, and the body is then no longer of use.</summary>
    public abstract bool TryOpen(
        Span<byte> packet, int headerLength, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> tag);

    /// <summary>Prepares the next packet.</summary>
    public virtual void Prefetch()
    {
    }

    public abstract void Dispose();

    /// <summary>The salt, the source and the index laid over one another (RFC 3711, section 4.1.1; RFC 7714, sections 8.1 and 9.1), from the
    /// place on where the source is to stand.</summary>
    protected static void MixIn(Span<byte> iv, int ssrcPosition, uint ssrc, ulong index)
    {
        Span<byte> mixed = stackalloc byte[10];
        BinaryPrimitives.WriteUInt64BigEndian(mixed[2..], index);
        BinaryPrimitives.WriteUInt32BigEndian(mixed, ssrc);
        var place = iv[ssrcPosition..];
        for (var i = 0; i < mixed.Length; i++)
            place[i] ^= mixed[i];
    }
}
