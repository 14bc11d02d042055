using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Video;

/// <summary>What stands before the VP8 data in a packet (RFC 7741, section 4.2).</summary>
internal readonly record struct Vp8Descriptor
{
    /// <summary>Whether a partition begins with this packet (S).</summary>
    public bool BeginsPartition { get; init; }

    /// <summary>The partition (PID).</summary>
    public byte Partition { get; init; }

    /// <summary>Whether no other picture is made from this one (N).</summary>
    public bool IsDiscardable { get; init; }

    /// <summary>The picture's number, of 7 or 15 bits; null: not told.</summary>
    public ushort? PictureId { get; init; }

    /// <summary>Whether a frame begins with this packet.</summary>
    public bool BeginsFrame => BeginsPartition && Partition == 0;

    /// <summary>Reads it; false where the payload ends before it does.</summary>
    /// <param name="payload">The packet's payload.</param>
    /// <param name="descriptor">What it says.</param>
    /// <param name="data">The VP8 data behind it; never empty.</param>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Vp8Descriptor descriptor, out ReadOnlySpan<byte> data)
    {
        descriptor = default;
        data = [];
        if (payload.IsEmpty)
            return false;
        var first = payload[0];
        var at = 1;
        ushort? picture = null;
        if ((first & 0x80) != 0)
        {
            if (payload.Length < 2)
                return false;
            var extensions = payload[at++];
            if ((extensions & 0x80) != 0)
            {
                if (at >= payload.Length)
                    return false;
                var isLong = (payload[at] & 0x80) != 0;
                if (at + (isLong ? 2 : 1) > payload.Length)
                    return false;
                picture = isLong ? (ushort)(BinaryPrimitives.ReadUInt16BigEndian(payload[at..]) & 0x7FFF) : payload[at];
                at += isLong ? 2 : 1;
            }

            if ((extensions & 0x40) != 0)
                at++;
            if ((extensions & 0x30) != 0)
                at++;
        }

        if (at >= payload.Length)
            return false;
        descriptor = new Vp8Descriptor
        {
            BeginsPartition = (first & 0x10) != 0,
            Partition = (byte)(first & 0x07),
            IsDiscardable = (first & 0x20) != 0,
            PictureId = picture,
        };
        data = payload[at..];
        return true;
    }

    /// <summary>Writes the descriptor of our packets, four bytes with a picture's number of 15 bits.</summary>
    public static void Write(Span<byte> to, bool beginsFrame, ushort pictureId)
    {
        to[0] = (byte)(0x80 | (beginsFrame ? 0x10 : 0));
        to[1] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)(0x8000 | pictureId));
    }
}

/// <summary>What the first bytes of a VP8 frame say (RFC 6386, section 9.1).</summary>
internal static class Vp8Frame
{
    private const int KeyFrameHeader = 10;

    /// <summary>Whether the frame can be shown without another one.</summary>
    public static bool IsKeyFrame(ReadOnlySpan<byte> frame)
        => frame.Length >= KeyFrameHeader && (frame[0] & 1) == 0 && frame[3] == 0x9D && frame[4] == 0x01 && frame[5] == 0x2A;

    /// <summary>The size of the picture, which only a key frame tells.</summary>
    public static bool TrySize(ReadOnlySpan<byte> frame, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (!IsKeyFrame(frame))
            return false;
        width = BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF;
        height = BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF;
        return width > 0 && height > 0;
    }
}
