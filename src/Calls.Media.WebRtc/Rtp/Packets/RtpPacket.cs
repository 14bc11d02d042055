using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>An RTP packet, read in place (RFC 3550, section 5.1). Fields and payload are views of the bytes that it was read from.</summary>
internal readonly ref struct RtpPacket
{
    /// <summary>The length of a header without sources and extensions.</summary>
    public const int HeaderLength = 12;

    private RtpPacket(ReadOnlySpan<byte> packet, int headerLength, int payloadLength, ushort profile, ReadOnlySpan<byte> extensions)
    {
        Marker = (packet[1] & 0x80) != 0;
        PayloadType = (byte)(packet[1] & 0x7F);
        Sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        Timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        Payload = packet.Slice(headerLength, payloadLength);
        Extensions = new RtpExtensions(profile, extensions);
    }

    /// <summary>What the payload's format makes of it: the end of a frame, the beginning of a talk spurt.</summary>
    public bool Marker { get; }

    /// <summary>0 to 127.</summary>
    public byte PayloadType { get; }

    /// <summary>Grows by one with every packet, and begins anew after 65535.</summary>
    public ushort Sequence { get; }

    /// <summary>When it was sampled, in ticks of the codec's clock.</summary>
    public uint Timestamp { get; }

    /// <summary>Whose packet it is.</summary>
    public uint Ssrc { get; }

    /// <summary>What it carries, without padding; may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The header extensions.</summary>
    public RtpExtensions Extensions { get; }

    /// <summary>Reads the packet that fills <paramref name="packet"/>; false where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out RtpPacket read)
    {
        read = default;
        if (packet.Length < HeaderLength || packet[0] >> 6 != 2)
            return false;
        var header = HeaderLength + (packet[0] & 0x0F) * 4;
        ushort profile = 0;
        ReadOnlySpan<byte> extensions = [];
        if ((packet[0] & 0x10) != 0)
        {
            if (header + 4 > packet.Length)
                return false;
            profile = BinaryPrimitives.ReadUInt16BigEndian(packet[header..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(packet[(header + 2)..]) * 4;
            header += 4;
            if (header + length > packet.Length)
                return false;
            extensions = packet.Slice(header, length);
            header += length;
        }

        if (header > packet.Length)
            return false;
        var payload = packet.Length - header;
        if ((packet[0] & 0x20) != 0)
        {
            // The last byte says how many bytes of padding there are, itself among them.
            if (payload == 0 || packet[^1] == 0 || packet[^1] > payload)
                return false;
            payload -= packet[^1];
        }

        read = new RtpPacket(packet, header, payload, profile, extensions);
        return true;
    }

    /// <summary>Whether the bytes are RTCP rather than RTP, where both share a port (RFC 5761, section 4).</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> packet) => packet is [_, >= 192 and <= 223, ..];
}
