namespace Calls.Media.WebRtc.Rtp;

/// <summary>How a stream is sent.</summary>
internal readonly record struct RtpSenderSettings
{
    /// <summary>The source of the packets.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>The source of what is sent again; null: nothing is.</summary>
    public uint? RetransmissionSsrc { get; init; }

    /// <summary>The payload type of what is sent again (RFC 4588); null: nothing is.</summary>
    public byte? RetransmissionPayloadType { get; init; }

    /// <summary>0 to 127.</summary>
    public required byte PayloadType { get; init; }

    /// <summary>Ticks of the timestamp a second.</summary>
    public required int ClockRate { get; init; }

    /// <summary>The section's name, in ASCII.</summary>
    public ReadOnlyMemory<byte> Mid { get; init; }

    /// <summary>The number of the mid extension; 0: not written.</summary>
    public byte MidExtension { get; init; }

    /// <summary>The number of the transport sequence extension; 0: not written.</summary>
    public byte TransportSequenceExtension { get; init; }
}

/// <summary>
/// Makes the packets of one stream, keeps them for a while to send them again, and knows what to report of them. Allocates nothing per packet once its
/// memory has grown to what the stream needs.
/// </summary>
internal sealed class RtpSender
{
    // A packet that tells its mid in every header costs a few bytes; after the first seconds the other side knows the source.
    private const int PacketsWithMid = 100;

    private static readonly TimeSpan LeastBetweenRepeats = TimeSpan.FromMilliseconds(10);
    private readonly SentPackets? _sent;
    private readonly uint _timestampOffset;
    private RtpSenderSettings _settings;
    private ushort _sequence;
    private ushort _repeatSequence;
    private uint _lastTimestamp;
    private TimeSpan _lastSent;

    /// <param name="settings">How to send.</param>
    /// <param name="random">Where the first numbers come from (RFC 3550, section 5.1).</param>
    public RtpSender(RtpSenderSettings settings, Random random)
    {
        _settings = settings;
        _sent = settings.RetransmissionSsrc is null ? null : new SentPackets();
        _timestampOffset = unchecked((uint)random.Next());
        // Below half of the range: the rollover of SRTP is then guessed right from the first packet.
        _sequence = (ushort)random.Next(1, 0x7FFF);
        _repeatSequence = (ushort)random.Next(1, 0x7FFF);
    }

    /// <summary>Whose packets they are.</summary>
    public uint Ssrc => _settings.Ssrc;

    /// <summary>Packets sent so far, without what was sent again.</summary>
    public long Packets { get; private set; }

    /// <summary>Packets sent again so far.</summary>
    public long Repeats { get; private set; }

    /// <summary>Bytes of payload sent so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>The last report of the other side on this stream; null: none came.</summary>
    public ReportBlock? LastReport { get; private set; }

    /// <summary>The round-trip time of the last report; null: not known.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>Sends in another way from now on, with the same source and numbers.</summary>
    public void Change(RtpSenderSettings settings) => _settings = settings with { Ssrc = _settings.Ssrc };

    /// <summary>Writes the next packet and returns its length.</summary>
    /// <param name="packet">Room for the header, the payload and whatever protection adds.</param>
    /// <param name="payload">The payload; may stand in <paramref name="packet"/> nowhere.</param>
    /// <param name="timestamp">Ticks of the codec's clock since the stream's begin.</param>
    /// <param name="marker">The payload format's mark.</param>
    /// <param name="transportSequence">The number on the whole transport.</param>
    /// <param name="now">The time.</param>
    public int Write(Span<byte> packet, ReadOnlySpan<byte> payload, uint timestamp, bool marker, ushort transportSequence, TimeSpan now)
    {
        var header = Header(_sequence++, unchecked(timestamp + _timestampOffset), marker, transportSequence, Packets < PacketsWithMid);
        var length = header.Write(packet);
        payload.CopyTo(packet[length..]);
        if (_settings.RetransmissionPayloadType is not null)
            _sent?.Keep(header.Sequence, header.Timestamp, marker, payload, now);
        (_lastTimestamp, _lastSent) = (header.Timestamp, now);
        Packets++;
        Bytes += payload.Length;
        return length + payload.Length;
    }

    /// <summary>Writes a packet that was lost once more, in the stream of retransmissions (RFC 4588, section 4); 0: it is not kept any more, or is on its way.</summary>
    public int WriteAgain(Span<byte> packet, ushort sequence, ushort transportSequence, TimeSpan now)
    {
        var pause = RoundTripTime is { } trip && trip > LeastBetweenRepeats ? trip : LeastBetweenRepeats;
        if (_settings is not { RetransmissionSsrc: { } ssrc, RetransmissionPayloadType: { } type } || _sent?.Find(sequence, now, pause) is not { } kept)
            return 0;
        var header = Header(_repeatSequence++, kept.Timestamp, kept.Marker, transportSequence, Repeats < PacketsWithMid);
        (header.Ssrc, header.PayloadType) = (ssrc, type);
        var length = header.Write(packet);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet[length..], sequence);
        kept.Payload.CopyTo(packet[(length + 2)..]);
        Repeats++;
        return length + 2 + kept.Payload.Length;
    }

    /// <summary>What to tell of what was sent.</summary>
    /// <param name="now">The time.</param>
    /// <param name="unixTime">The same as time since 1970, or any other common base of both streams.</param>
    public SenderReport Report(TimeSpan now, TimeSpan unixTime)
    {
        var ticks = (now - _lastSent).Ticks * _settings.ClockRate / TimeSpan.TicksPerSecond;
        return new SenderReport(NtpTime.Of(unixTime), unchecked(_lastTimestamp + (uint)ticks), (uint)Packets, (uint)Bytes);
    }

    /// <summary>Takes what the other side reports on this stream.</summary>
    public void TakeReport(ReportBlock report, TimeSpan unixTime)
    {
        LastReport = report;
        if (report.LastSenderReport == 0)
            return;
        var trip = unchecked((int)((uint)(NtpTime.Of(unixTime) >> 16) - report.LastSenderReport - report.DelaySinceLastSenderReport));
        if (trip is >= 0 and < 30 << 16)
            RoundTripTime = NtpTime.Duration((uint)trip);
    }

    private RtpHeader Header(ushort sequence, uint timestamp, bool marker, ushort transportSequence, bool tellsMid) => new()
    {
        Ssrc = _settings.Ssrc,
        PayloadType = _settings.PayloadType,
        Sequence = sequence,
        Timestamp = timestamp,
        Marker = marker,
        Mid = tellsMid ? _settings.Mid.Span : default,
        MidExtension = tellsMid ? _settings.MidExtension : (byte)0,
        TransportSequenceExtension = _settings.TransportSequenceExtension,
        TransportSequence = transportSequence,
    };
}
