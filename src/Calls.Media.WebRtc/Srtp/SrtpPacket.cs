using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Srtp;

/// <summary>The little that protection has to know of a packet (RFC 3550, sections 5.1, 5.3.1 and 6.4).</summary>
internal static class SrtpPacket
{
    public const int RtcpHeaderLength = 8;

    private const int RtpHeaderLength = 12;
    private const int Version = 2;

    /// <summary>Reads a packet that ends where the span ends; false where it is none.</summary>
    public static bool TryReadRtp(ReadOnlySpan<byte> packet, out int headerLength, out ushort sequence, out uint ssrc)
    {
        (headerLength, sequence, ssrc) = (0, 0, 0);
        if (packet.Length < RtpHeaderLength || packet[0] >> 6 != Version)
            return false;
        sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        headerLength = RtpHeaderLength + (packet[0] & 0x0F) * sizeof(uint);
        var hasExtension = (packet[0] & 0x10) != 0;
        if (!hasExtension)
            return headerLength <= packet.Length;
        if (headerLength + sizeof(uint) > packet.Length)
            return false;
        headerLength += sizeof(uint) + BinaryPrimitives.ReadUInt16BigEndian(packet[(headerLength + 2)..]) * sizeof(uint);
        return headerLength <= packet.Length;
    }

    /// <summary>Reads the first header of a compound packet; false where it is none.</summary>
    public static bool TryReadRtcp(ReadOnlySpan<byte> packet, out uint ssrc)
    {
        ssrc = 0;
        if (packet.Length < RtcpHeaderLength || packet[0] >> 6 != Version)
            return false;
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        return true;
    }
}
