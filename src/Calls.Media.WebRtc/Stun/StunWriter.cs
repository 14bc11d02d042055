using System.Buffers.Binary;
using System.Text;

namespace Calls.Media.WebRtc.Stun;

/// <summary>Writes a message into a buffer that is large enough (RFC 8489, section 5).</summary>
internal ref struct StunWriter
{
    private readonly Span<byte> _buffer;
    private int _length = StunMessage.HeaderLength;

    /// <summary>Begins a message.</summary>
    public StunWriter(Span<byte> buffer, StunClass kind, StunMethod method, TransactionId transaction)
    {
        _buffer = buffer;
        var (m, c) = ((int)method, (int)kind);
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)(m & 0xF | (m & 0x70) << 1 | (m & 0xF80) << 2 | (c & 1) << 4 | (c & 2) << 7));
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], StunMessage.MagicCookie);
        transaction.Write(buffer[8..]);
    }

    public void Add(StunAttribute type, ReadOnlySpan<byte> value) => value.CopyTo(Reserve(type, value.Length));

    public void Add(StunAttribute type, string text) => Encoding.UTF8.GetBytes(text, Reserve(type, Encoding.UTF8.GetByteCount(text)));

    public void Add(StunAttribute type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(type, 4), value);

    public void Add(StunAttribute type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(type, 8), value);

    /// <summary>Adds an address, masked with the cookie (RFC 8489, section 14.2).</summary>
    public void Add(StunAttribute type, TransportAddress address)
    {
        var value = Reserve(type, address.IsIPv6 ? 20 : 8);
        value[1] = (byte)(address.IsIPv6 ? 2 : 1);
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ StunMessage.MagicCookie >> 16));
        var length = address.WriteBytes(value[4..]);
        for (var i = 0; i < length; i++)
            value[4 + i] ^= _buffer[4 + i];
    }

    /// <summary>Adds an error's code, and what it means (RFC 8489, section 14.8).</summary>
    public void AddError(int code, string reason)
    {
        var value = Reserve(StunAttribute.ErrorCode, 4 + Encoding.UTF8.GetByteCount(reason));
        (value[2], value[3]) = ((byte)(code / 100), (byte)(code % 100));
        Encoding.UTF8.GetBytes(reason, value[4..]);
    }

    /// <summary>Adds the integrity of everything so far.</summary>
    public void AddIntegrity(ReadOnlySpan<byte> key)
    {
        var before = _length;
        var value = Reserve(StunAttribute.MessageIntegrity, StunChecksum.IntegrityLength);
        WriteLength();
        StunChecksum.WriteIntegrity(key, _buffer[..before], value);
    }

    /// <summary>Adds the fingerprint, the last attribute.</summary>
    public void AddFingerprint()
    {
        var before = _length;
        var value = Reserve(StunAttribute.Fingerprint, 4);
        WriteLength();
        BinaryPrimitives.WriteUInt32BigEndian(value, StunChecksum.Fingerprint(_buffer[..before]));
    }

    /// <summary>Ends the message, and gives it.</summary>
    public readonly ReadOnlySpan<byte> Finish()
    {
        WriteLength();
        return _buffer[.._length];
    }

    private Span<byte> Reserve(StunAttribute type, int length)
    {
        var padded = length + 3 & ~3;
        var all = _buffer.Slice(_length, 4 + padded);
        all.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(all, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(all[2..], (ushort)length);
        _length += all.Length;
        return all.Slice(4, length);
    }

    private readonly void WriteLength() => BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(_length - StunMessage.HeaderLength));
}
