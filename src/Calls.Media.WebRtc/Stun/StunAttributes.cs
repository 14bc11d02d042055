using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Stun;

/// <summary>Goes through attributes that were seen to be whole.</summary>
internal ref struct StunAttributes(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    public StunAttribute Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        Type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(_rest);
        var length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
        Value = _rest.Slice(4, length);
        _rest = _rest[(4 + (length + 3 & ~3))..];
        return true;
    }
}
