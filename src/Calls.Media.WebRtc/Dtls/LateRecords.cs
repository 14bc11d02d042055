using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>
/// What a connection still has to hear once it is connected, out of what anybody may send: alerts, and the other side's last flight again. The
/// rest is passed over before it reaches the protocol, which takes a record that is too short to be encrypted for a reason to close.
/// </summary>
internal static class LateRecords
{
    private const int HeaderLength = 13;
    private const int EpochPosition = 3;
    private const int LengthPosition = 11;
    private const int Alert = 21, Handshake = 22;

    // An explicit nonce of 8 bytes and a tag of 16 (RFC 5288, section 3), around at least one byte.
    private const int ShortestEncrypted = 25;
    private const int HandshakeHeaderLength = 12;

    /// <summary>Takes the first record off a datagram; false at its end.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (datagram.Length < HeaderLength)
            return false;
        var length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(datagram[LengthPosition..]);
        if (length > datagram.Length)
            return false;
        record = datagram[..length];
        datagram = datagram[length..];
        return true;
    }

    /// <summary>Whether a record may still matter.</summary>
    public static bool Matters(ReadOnlySpan<byte> record)
        => record is [Alert or Handshake, 0xFE, 0xFD, ..] && BinaryPrimitives.ReadUInt16BigEndian(record[EpochPosition..]) switch
        {
            0 => record[0] == Handshake && record.Length >= HeaderLength + HandshakeHeaderLength,
            1 => record.Length >= HeaderLength + ShortestEncrypted,
            _ => false,
        };
}
