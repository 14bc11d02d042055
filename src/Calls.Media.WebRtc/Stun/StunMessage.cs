using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Calls.Media.WebRtc.Stun;

/// <summary>A STUN message, read in place (RFC 8489, section 5). Attributes are views of the bytes that it was read from.</summary>
internal readonly ref struct StunMessage
{
    /// <summary>The length of the header.</summary>
    public const int HeaderLength = 20;

    /// <summary>The value of bytes 4 to 7 of every message.</summary>
    public const uint MagicCookie = 0x2112A442;

    private readonly ReadOnlySpan<byte> _message;
    private readonly int _integrityAt;
    private readonly int _fingerprintAt;

    private StunMessage(ReadOnlySpan<byte> message, int integrityAt, int fingerprintAt)
    {
        _message = message;
        (_integrityAt, _fingerprintAt) = (integrityAt, fingerprintAt);
        var type = BinaryPrimitives.ReadUInt16BigEndian(message);
        // The two bits of the class stand within the twelve of the method.
        Class = (StunClass)(type >> 4 & 1 | type >> 7 & 2);
        Method = (StunMethod)(type & 0xF | type >> 1 & 0x70 | type >> 2 & 0xF80);
        Transaction = TransactionId.Read(message[8..]);
    }

    public StunClass Class { get; }

    public StunMethod Method { get; }

    public TransactionId Transaction { get; }

    /// <summary>Whether a message has an integrity attribute; whether it is right, <see cref="HasIntegrity"/> says.</summary>
    public bool IsSigned => _integrityAt > 0;

    /// <summary>Whether a datagram may be STUN (RFC 7983, section 7).</summary>
    public static bool IsStun(ReadOnlySpan<byte> packet)
        => packet.Length >= HeaderLength && packet[0] <= 3 && BinaryPrimitives.ReadUInt32BigEndian(packet[4..]) == MagicCookie;

    /// <summary>Reads the message that fills <paramref name="packet"/>; false where it is none, or its fingerprint is wrong.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out StunMessage read)
    {
        read = default;
        if (!IsStun(packet) || packet.Length % 4 != 0 || BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) != packet.Length - HeaderLength)
            return false;
        int integrityAt = 0, fingerprintAt = 0;
        for (var at = HeaderLength; at < packet.Length;)
        {
            var type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]);
            var next = at + 4 + (length + 3 & ~3);
            if (next > packet.Length)
                return false;
            if (type == StunAttribute.MessageIntegrity && integrityAt == 0)
            {
                if (length != StunChecksum.IntegrityLength)
                    return false;
                integrityAt = at;
            }

            if (type == StunAttribute.Fingerprint)
            {
                // It is the last one.
                if (length != 4 || next != packet.Length)
                    return false;
                fingerprintAt = at;
            }

            at = next;
        }

        if (fingerprintAt > 0
            && StunChecksum.Fingerprint(packet[..fingerprintAt]) != BinaryPrimitives.ReadUInt32BigEndian(packet[(fingerprintAt + 4)..]))
            return false;
        read = new StunMessage(packet, integrityAt, fingerprintAt);
        return true;
    }

    /// <summary>Whether the message was made by one who knows the key, up to its integrity attribute.</summary>
    public bool HasIntegrity(ReadOnlySpan<byte> key)
    {
        if (_integrityAt == 0)
            return false;
        // The length counts up to the integrity attribute's end, as when it was made.
        Span<byte> header = stackalloc byte[4];
        _message[..4].CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(_integrityAt + 4 + StunChecksum.IntegrityLength - HeaderLength));
        byte[]? rented = null;
        var copy = _integrityAt <= 1024 ? stackalloc byte[1024] : rented = System.Buffers.ArrayPool<byte>.Shared.Rent(_integrityAt);
        try
        {
            _message[.._integrityAt].CopyTo(copy);
            header.CopyTo(copy);
            Span<byte> expected = stackalloc byte[StunChecksum.IntegrityLength];
            StunChecksum.WriteIntegrity(key, copy[.._integrityAt], expected);
            return CryptographicOperations.FixedTimeEquals(expected, _message.Slice(_integrityAt + 4, expected.Length));
        }
        finally
        {
            if (rented is not null)
                System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The first attribute of a type. What stands behind the integrity is not guarded by it, and so is not there.</summary>
    public bool TryGet(StunAttribute wanted, out ReadOnlySpan<byte> value)
    {
        var attributes = Attributes();
        while (attributes.MoveNext())
        {
            if (attributes.Type != wanted)
                continue;
            value = attributes.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Whether there is an attribute of a type.</summary>
    public bool Has(StunAttribute wanted) => TryGet(wanted, out _);

    /// <summary>An attribute that is text; null where there is none.</summary>
    public string? Text(StunAttribute wanted) => TryGet(wanted, out var value) ? Encoding.UTF8.GetString(value) : null;

    /// <summary>An attribute of four bytes; null where there is none.</summary>
    public uint? Number(StunAttribute wanted)
        => TryGet(wanted, out var value) && value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    /// <summary>An attribute of eight bytes; null where there is none.</summary>
    public ulong? LongNumber(StunAttribute wanted)
        => TryGet(wanted, out var value) && value.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(value) : null;

    /// <summary>An attribute that is an address, masked with the cookie (RFC 8489, section 14.2); null where there is none.</summary>
    public TransportAddress? Address(StunAttribute wanted)
    {
        if (!TryGet(wanted, out var value) || value.Length < 8 || value[1] is not (1 or 2) || value.Length != (value[1] == 1 ? 8 : 20))
            return null;
        Span<byte> bytes = stackalloc byte[16];
        var address = bytes[..(value.Length - 4)];
        for (var i = 0; i < address.Length; i++)
            address[i] = (byte)(value[4 + i] ^ _message[4 + i]);
        return TransportAddress.FromBytes(address, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ MagicCookie >> 16));
    }

    /// <summary>The code of an error, 300 to 699; null where there is none.</summary>
    public int? ErrorCode()
        => TryGet(StunAttribute.ErrorCode, out var value) && value.Length >= 4 && value[2] is >= 3 and <= 6 && value[3] < 100 ? value[2] * 100 + value[3] : null;

    /// <summary>The attributes in their order, up to the integrity.</summary>
    public StunAttributes Attributes() => new(_message[HeaderLength..(_integrityAt > 0 ? _integrityAt : _fingerprintAt > 0 ? _fingerprintAt : _message.Length)]);
}
