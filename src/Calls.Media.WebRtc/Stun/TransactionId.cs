using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Stun;

/// <summary>The 96 bits that an answer has in common with its question (RFC 8489, section 5).</summary>
/// <param name="High">The first 32 bits.</param>
/// <param name="Low">The last 64 bits.</param>
internal readonly record struct TransactionId(uint High, ulong Low)
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 12;

    /// <summary>One that nobody can guess.</summary>
    public static TransactionId Create()
    {
        Span<byte> bytes = stackalloc byte[Length];
        RandomNumberGenerator.Fill(bytes);
        return Read(bytes);
    }

    /// <summary>Reads it from the first 12 bytes.</summary>
    public static TransactionId Read(ReadOnlySpan<byte> bytes)
        => new(BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]));

    /// <summary>Writes it to the first 12 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], Low);
    }
}
