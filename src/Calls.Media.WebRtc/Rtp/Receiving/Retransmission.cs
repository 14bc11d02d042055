using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>A retransmission's payload: the lost packet's number, and then its payload (RFC 4588, section 4).</summary>
internal static class Retransmission
{
    /// <summary>Reads what was lost; false where there is nothing: such packets only fill the line, as senders that probe it do.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ushort sequence, out ReadOnlySpan<byte> lost)
    {
        sequence = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : (ushort)0;
        lost = payload.Length > 2 ? payload[2..] : [];
        return !lost.IsEmpty;
    }
}
