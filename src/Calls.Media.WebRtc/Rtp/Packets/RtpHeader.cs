using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>The header of a packet to send, with the two extensions that we write.</summary>
internal ref struct RtpHeader
{
    /// <summary>What the longest header takes.</summary>
    public const int MaximumLength = RtpPacket.HeaderLength + 4 + 1 + MaximumMid + 3 + 3;

    /// <summary>The longest mid that fits a one-byte extension.</summary>
    public const int MaximumMid = 16;

    public bool Marker { get; set; }

    public byte PayloadType { get; set; }

    public ushort Sequence { get; set; }

    public uint Timestamp { get; set; }

    public uint Ssrc { get; set; }

    /// <summary>The number of the mid extension, 1 to 14; 0: not written.</summary>
    public byte MidExtension { get; set; }

    /// <summary>The mid; at most <see cref="MaximumMid"/> bytes.</summary>
    public ReadOnlySpan<byte> Mid { get; set; }

    /// <summary>The number of the transport sequence extension, 1 to 14; 0: not written.</summary>
    public byte TransportSequenceExtension { get; set; }

    public ushort TransportSequence { get; set; }

    /// <summary>Writes the header and returns its length. <paramref name="buffer"/> has room for <see cref="MaximumLength"/>.</summary>
    public readonly int Write(Span<byte> buffer)
    {
        buffer[0] = 2 << 6;
        buffer[1] = (byte)(PayloadType | (Marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], Ssrc);
        if (MidExtension == 0 && TransportSequenceExtension == 0)
            return RtpPacket.HeaderLength;

        buffer[0] |= 0x10;
        const int begin = RtpPacket.HeaderLength + 4;
        var at = begin;
        if (TransportSequenceExtension > 0)
        {
            buffer[at++] = (byte)(TransportSequenceExtension << 4 | 1);
            BinaryPrimitives.WriteUInt16BigEndian(buffer[at..], TransportSequence);
            at += 2;
        }

        if (MidExtension > 0 && Mid.Length is > 0 and <= MaximumMid)
        {
            buffer[at++] = (byte)(MidExtension << 4 | Mid.Length - 1);
            Mid.CopyTo(buffer[at..]);
            at += Mid.Length;
        }

        while ((at - begin) % 4 != 0)
            buffer[at++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[RtpPacket.HeaderLength..], RtpExtensions.OneByte);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(RtpPacket.HeaderLength + 2)..], (ushort)((at - begin) / 4));
        return at;
    }
}
