using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>What a sender tells of what it sent (RFC 3550, section 6.4.1).</summary>
/// <param name="NtpTime">When, as seconds since 1900 in the upper and their fraction in the lower 32 bits.</param>
/// <param name="RtpTime">The same moment in ticks of the codec's clock.</param>
/// <param name="Packets">Packets sent so far.</param>
/// <param name="Bytes">Bytes of payload sent so far.</param>
internal readonly record struct SenderReport(ulong NtpTime, uint RtpTime, uint Packets, uint Bytes)
{
    public const int Length = 20;

    /// <summary>The middle 32 bits of the time, by which receivers refer to it.</summary>
    public uint CompactTime => (uint)(NtpTime >> 16);

    public static SenderReport Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadUInt64BigEndian(from),
        BinaryPrimitives.ReadUInt32BigEndian(from[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(from[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(from[16..]));

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64BigEndian(to, NtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], RtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(to[12..], Packets);
        BinaryPrimitives.WriteUInt32BigEndian(to[16..], Bytes);
    }
}

/// <summary>What a receiver tells of one source (RFC 3550, section 6.4.1).</summary>
internal readonly record struct ReportBlock
{
    public const int Length = 24;

    /// <summary>The source.</summary>
    public uint Ssrc { get; init; }

    /// <summary>How much was lost since the last report, in 256ths.</summary>
    public byte FractionLost { get; init; }

    /// <summary>Packets lost so far; may be below 0 where packets came twice.</summary>
    public int PacketsLost { get; init; }

    /// <summary>The highest sequence number so far, extended by how often it began anew.</summary>
    public uint HighestSequence { get; init; }

    /// <summary>How evenly packets come, in ticks of the codec's clock (section 6.4.1, appendix A.8).</summary>
    public uint Jitter { get; init; }

    /// <summary>The <see cref="SenderReport.CompactTime"/> of the last report of the source; 0: none came.</summary>
    public uint LastSenderReport { get; init; }

    /// <summary>How long ago that came, in 65536ths of a second.</summary>
    public uint DelaySinceLastSenderReport { get; init; }

    public static ReportBlock Read(ReadOnlySpan<byte> from) => new()
    {
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(from),
        FractionLost = from[4],
        PacketsLost = BinaryPrimitives.ReadInt32BigEndian(from[4..]) << 8 >> 8,
        HighestSequence = BinaryPrimitives.ReadUInt32BigEndian(from[8..]),
        Jitter = BinaryPrimitives.ReadUInt32BigEndian(from[12..]),
        LastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(from[16..]),
        DelaySinceLastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(from[20..]),
    };

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to, Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(to[4..], Math.Clamp(PacketsLost, -0x80_0000, 0x7F_FFFF) & 0xFF_FFFF);
        to[4] = FractionLost;
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(to[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(to[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(to[20..], DelaySinceLastSenderReport);
    }
}

/// <summary>Times as RTCP writes them.</summary>
internal static class NtpTime
{
    // 1900 to 1970, in seconds.
    private const long Epoch = 2_208_988_800;

    /// <summary>A time since 1970 as 32 bits of seconds since 1900 and 32 bits of their fraction.</summary>
    public static ulong Of(TimeSpan sinceUnixEpoch)
    {
        var seconds = sinceUnixEpoch.Ticks / TimeSpan.TicksPerSecond;
        var rest = sinceUnixEpoch.Ticks % TimeSpan.TicksPerSecond;
        return ((ulong)(uint)(seconds + Epoch) << 32) | ((ulong)rest << 32) / TimeSpan.TicksPerSecond;
    }

    /// <summary>A duration in 65536ths of a second.</summary>
    public static uint Compact(TimeSpan duration) => (uint)Math.Clamp(duration.Ticks * 65_536 / TimeSpan.TicksPerSecond, 0, uint.MaxValue);

    /// <summary>A duration from 65536ths of a second.</summary>
    public static TimeSpan Duration(uint compact) => TimeSpan.FromTicks(compact * TimeSpan.TicksPerSecond / 65_536);
}
