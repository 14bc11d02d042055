using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>Writes a compound into a buffer. What has no more room is left out, whole.</summary>
internal ref struct RtcpWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>How much is written.</summary>
    public int Length { get; private set; }

    /// <summary>A sender's report with at most 31 blocks.</summary>
    public bool TrySenderReport(uint ssrc, SenderReport sent, scoped ReadOnlySpan<ReportBlock> received)
    {
        if (!TryBegin(RtcpType.SenderReport, received.Length, 4 + SenderReport.Length + received.Length * ReportBlock.Length, out var body))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        sent.Write(body[4..]);
        Write(received, body[(4 + SenderReport.Length)..]);
        return true;
    }

    /// <summary>A receiver's report with at most 31 blocks.</summary>
    public bool TryReceiverReport(uint ssrc, scoped ReadOnlySpan<ReportBlock> received)
    {
        if (!TryBegin(RtcpType.ReceiverReport, received.Length, 4 + received.Length * ReportBlock.Length, out var body))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        Write(received, body[4..]);
        return true;
    }

    /// <summary>The canonical name of a source (RFC 3550, section 6.5.1); at most 255 bytes.</summary>
    public bool TryName(uint ssrc, scoped ReadOnlySpan<byte> name)
    {
        // The list of items ends with one to four bytes of 0, up to a multiple of four.
        var items = (2 + name.Length + 4) & ~3;
        if (name.Length > 255 || !TryBegin(RtcpType.SourceDescription, 1, 4 + items, out var body))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        body[4..].Clear();
        (body[4], body[5]) = (1, (byte)name.Length);
        name.CopyTo(body[6..]);
        return true;
    }

    /// <summary>That a source is gone (RFC 3550, section 6.6).</summary>
    public bool TryBye(uint ssrc)
    {
        if (!TryBegin(RtcpType.Bye, 1, 4, out var body))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        return true;
    }

    /// <summary>That packets are missing (RFC 4585, section 6.2.1). <paramref name="missing"/> in the order of the sequence.</summary>
    public bool TryNack(uint ssrc, uint subject, scoped ReadOnlySpan<ushort> missing)
    {
        var pairs = 0;
        for (var i = 0; i < missing.Length; pairs++)
            i = EndOfPair(missing, i, out _);
        if (pairs == 0 || !TryFeedback(RtcpType.TransportFeedback, RtcpFormat.Nack, ssrc, subject, pairs * 4, out var body))
            return false;
        for (var i = 0; i < missing.Length; body = body[4..])
        {
            BinaryPrimitives.WriteUInt16BigEndian(body, missing[i]);
            i = EndOfPair(missing, i, out var following);
            BinaryPrimitives.WriteUInt16BigEndian(body[2..], following);
        }

        return true;
    }

    /// <summary>That a picture cannot be shown (RFC 4585, section 6.3.1).</summary>
    public bool TryPictureLoss(uint ssrc, uint subject) => TryFeedback(RtcpType.PayloadFeedback, RtcpFormat.PictureLoss, ssrc, subject, 0, out _);

    /// <summary>Feedback of any kind; <paramref name="body"/> is what comes after the two sources.</summary>
    public bool TryFeedback(RtcpType type, int format, uint ssrc, uint subject, int length, out Span<byte> body)
    {
        if (!TryBegin(type, format, 8 + length, out body))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], subject);
        body = body[8..];
        return true;
    }

    private static int EndOfPair(ReadOnlySpan<ushort> missing, int begin, out ushort following)
    {
        following = 0;
        var i = begin + 1;
        for (; i < missing.Length && (ushort)(missing[i] - missing[begin]) is >= 1 and <= 16; i++)
            following |= (ushort)(1 << (missing[i] - missing[begin] - 1 & 0xF));
        return i;
    }

    private static void Write(ReadOnlySpan<ReportBlock> blocks, Span<byte> to)
    {
        foreach (var block in blocks)
        {
            block.Write(to);
            to = to[ReportBlock.Length..];
        }
    }

    // length is a multiple of four.
    private bool TryBegin(RtcpType type, int count, int length, out Span<byte> body)
    {
        body = [];
        if (Length + 4 + length > _buffer.Length)
            return false;
        var packet = _buffer.Slice(Length, 4 + length);
        packet[0] = (byte)(2 << 6 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(length / 4));
        Length += 4 + length;
        body = packet[4..];
        return true;
    }
}

/// <summary>Reads the missing packets that a NACK names.</summary>
internal ref struct NackReader(ReadOnlySpan<byte> feedback)
{
    private ReadOnlySpan<byte> _rest = feedback;
    private ushort _next;
    private int _bits;

    /// <summary>The next missing packet; false at the end.</summary>
    public bool TryNext(out ushort sequence)
    {
        if (_bits == 0)
        {
            sequence = 0;
            if (_rest.Length < 4)
                return false;
            sequence = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            _bits = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            _next = sequence;
            _rest = _rest[4..];
            return true;
        }

        var skip = System.Numerics.BitOperations.TrailingZeroCount(_bits) + 1;
        _bits >>= skip;
        _next += (ushort)skip;
        sequence = _next;
        return true;
    }
}
