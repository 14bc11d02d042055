using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Turn;

/// <summary>Where a message ends in a stream of messages and packets of channels (RFC 8489, section 6.2.2; RFC 8656, section 12.5).</summary>
internal static class TurnFraming
{
    /// <summary>The most that one takes in a stream.</summary>
    public const int Longest = 20 + ushort.MaxValue;

    /// <summary>The length of the first message, its padding included.</summary>
    /// <param name="stream">What has come so far.</param>
    /// <param name="length">The length; 0: not enough has come to tell.</param>
    /// <returns>False where the stream is none of messages, and cannot become one again.</returns>
    public static bool TryMeasure(ReadOnlySpan<byte> stream, out int length)
    {
        length = 0;
        if (stream.IsEmpty)
            return true;
        if (stream[0] is > 3 and not (>= 0x40 and <= 0x4F))
            return false;
        if (stream.Length < 4)
            return true;
        var told = BinaryPrimitives.ReadUInt16BigEndian(stream[2..]);
        length = stream[0] <= 3 ? 20 + told : 4 + (told + 3 & ~3);
        return true;
    }
}
