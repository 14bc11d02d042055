namespace Calls.Media.WebRtc.Video;

/// <summary>Cuts VP8 frames into payloads of nearly the same length (RFC 7741, section 4).</summary>
internal struct Vp8Packetizer
{
    /// <summary>What the descriptor takes.</summary>
    public const int DescriptorLength = 4;

    /// <summary>The longest payload: with headers, protection and a relay's frame it passes any line of 1280 bytes.</summary>
    public const int MaximumPayload = 1_120;

    private ushort _pictureId;

    /// <summary>Begins a frame.</summary>
    public Vp8Packets Begin(ReadOnlySpan<byte> frame)
    {
        _pictureId = (ushort)((_pictureId + 1) & 0x7FFF);
        return new Vp8Packets(frame, _pictureId);
    }
}

/// <summary>The payloads of one frame.</summary>
internal ref struct Vp8Packets(ReadOnlySpan<byte> frame, ushort pictureId)
{
    private const int Most = Vp8Packetizer.MaximumPayload - Vp8Packetizer.DescriptorLength;
    private ReadOnlySpan<byte> _rest = frame;
    private int _packetsLeft = (frame.Length + Most - 1) / Most;
    private bool _began;

    /// <summary>Whether the payload that was written last ends the frame.</summary>
    public readonly bool IsLast => _packetsLeft == 0;

    /// <summary>Writes the next payload; false at the end.</summary>
    public bool TryNext(scoped Span<byte> payload, out int length)
    {
        length = 0;
        if (_packetsLeft == 0)
            return false;
        var share = (_rest.Length + _packetsLeft - 1) / _packetsLeft;
        Vp8Descriptor.Write(payload, !_began, pictureId);
        _rest[..share].CopyTo(payload[Vp8Packetizer.DescriptorLength..]);
        _rest = _rest[share..];
        (_began, _packetsLeft, length) = (true, _packetsLeft - 1, Vp8Packetizer.DescriptorLength + share);
        return true;
    }
}
