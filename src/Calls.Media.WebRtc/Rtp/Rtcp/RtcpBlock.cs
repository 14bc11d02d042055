using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>What a packet of a compound says (RFC 3550, section 6; RFC 4585, section 6).</summary>
internal enum RtcpType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Bye = 203,
    TransportFeedback = 205,
    PayloadFeedback = 206,
    ExtendedReport = 207,
}

/// <summary>The kinds of feedback, by the number in the first byte.</summary>
internal static class RtcpFormat
{
    /// <summary>Lost packets (RFC 4585, section 6.2.1).</summary>
    public const int Nack = 1;

    /// <summary>Arrivals over the whole transport.</summary>
    public const int TransportWide = 15;

    /// <summary>A picture was lost (RFC 4585, section 6.3.1).</summary>
    public const int PictureLoss = 1;

    /// <summary>A full picture is wanted (RFC 5104, section 4.3.1).</summary>
    public const int FullIntra = 4;
}

/// <summary>One packet of a compound, read in place.</summary>
internal readonly ref struct RtcpBlock(RtcpType type, int count, ReadOnlySpan<byte> body)
{
    /// <summary>What it is.</summary>
    public RtcpType Type { get; } = type;

    /// <summary>The number in the first byte: how many reports or sources, or the kind of feedback.</summary>
    public int Count { get; } = count;

    /// <summary>All after the first four bytes, without padding.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Whose packet it is; 0 where the body is too short to say.</summary>
    public uint Sender => Body.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(Body) : 0;

    /// <summary>The source that feedback is about; 0 where the body is too short to say.</summary>
    public uint Subject => Body.Length >= 8 ? BinaryPrimitives.ReadUInt32BigEndian(Body[4..]) : 0;

    /// <summary>What feedback says beyond its two sources.</summary>
    public ReadOnlySpan<byte> Feedback => Body.Length >= 8 ? Body[8..] : [];

    /// <summary>How many reports there really are.</summary>
    public int ReportCount => Math.Min(Count, Math.Max(0, (Body.Length - ReportsAt) / ReportBlock.Length));

    private int ReportsAt => Type == RtcpType.SenderReport ? 4 + SenderReport.Length : 4;

    /// <summary>One of the reports of a sender's or receiver's report.</summary>
    public ReportBlock Report(int index) => ReportBlock.Read(Body.Slice(ReportsAt + index * ReportBlock.Length, ReportBlock.Length));

    /// <summary>What a sender's report says of the sender; false where it is too short.</summary>
    public bool TryReadSender(out SenderReport report)
    {
        report = default;
        if (Type != RtcpType.SenderReport || Body.Length < 4 + SenderReport.Length)
            return false;
        report = SenderReport.Read(Body[4..]);
        return true;
    }
}

/// <summary>Reads the packets of a compound one after the other; stops at the first that is malformed.</summary>
internal ref struct RtcpReader(ReadOnlySpan<byte> compound)
{
    private ReadOnlySpan<byte> _rest = compound;

    /// <summary>Reads the next packet; false at the end.</summary>
    public bool TryNext(out RtcpBlock block)
    {
        block = default;
        if (_rest.Length < 4 || _rest[0] >> 6 != 2)
            return false;
        var length = (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) + 1) * 4;
        if (length > _rest.Length)
            return false;
        var body = _rest[4..length];
        if ((_rest[0] & 0x20) != 0)
        {
            if (body.IsEmpty || body[^1] == 0 || body[^1] > body.Length)
                return false;
            body = body[..^body[^1]];
        }

        block = new RtcpBlock((RtcpType)_rest[1], _rest[0] & 0x1F, body);
        _rest = _rest[length..];
        return true;
    }
}
