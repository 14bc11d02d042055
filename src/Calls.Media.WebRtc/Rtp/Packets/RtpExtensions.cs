namespace Calls.Media.WebRtc.Rtp;

/// <summary>The header extensions of a packet, of one or two bytes (RFC 8285).</summary>
internal readonly ref struct RtpExtensions(ushort profile, ReadOnlySpan<byte> data)
{
    /// <summary>The profile of extensions whose header is one byte (section 4.2).</summary>
    public const ushort OneByte = 0xBEDE;

    private const ushort TwoBytes = 0x1000;
    private const int Reserved = 15;
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Whether the packet has none.</summary>
    public bool IsEmpty => _data.IsEmpty;

    /// <summary>Finds the extension <paramref name="id"/>; false where the packet has none, or is malformed before it. 0 is none.</summary>
    public bool TryFind(int id, out ReadOnlySpan<byte> value)
    {
        value = [];
        if (id == 0)
            return false;
        return profile == OneByte ? TryFindShort(id, out value) : (profile & 0xFFF0) == TwoBytes && TryFindLong(id, out value);
    }

    private bool TryFindShort(int id, out ReadOnlySpan<byte> value)
    {
        value = [];
        for (var at = 0; at < _data.Length;)
        {
            var (found, length) = (_data[at] >> 4, (_data[at] & 0x0F) + 1);
            if (_data[at++] == 0)
                continue;
            if (found == Reserved || at + length > _data.Length)
                return false;
            if (found == id)
            {
                value = _data.Slice(at, length);
                return true;
            }

            at += length;
        }

        return false;
    }

    private bool TryFindLong(int id, out ReadOnlySpan<byte> value)
    {
        value = [];
        for (var at = 0; at + 1 < _data.Length;)
        {
            if (_data[at] == 0)
            {
                at++;
                continue;
            }

            var (found, length) = (_data[at], _data[at + 1]);
            at += 2;
            if (at + length > _data.Length)
                return false;
            if (found == id)
            {
                value = _data.Slice(at, length);
                return true;
            }

            at += length;
        }

        return false;
    }
}
