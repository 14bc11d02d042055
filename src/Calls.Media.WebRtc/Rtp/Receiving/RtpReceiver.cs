namespace Calls.Media.WebRtc.Rtp;

/// <summary>What is known of one stream that comes: what arrived, what is missing, how evenly (RFC 3550, section 6.4 and appendix A).</summary>
internal sealed class RtpReceiver
{
    private readonly int _clockRate;
    private SequenceUnwrapper _sequences;
    private long _first = -1;
    private long _highest = -1;
    private long _expectedBefore;
    private long _receivedBefore;
    private double _jitter;
    private TimeSpan _lastArrival;
    private uint _lastTimestamp;
    private bool _isMeasuring;
    private SenderReport? _senderReport;
    private TimeSpan _senderReportArrived;

    /// <param name="ssrc">Whose packets come.</param>
    /// <param name="clockRate">Ticks of their timestamps a second.</param>
    public RtpReceiver(uint ssrc, int clockRate) => (Ssrc, _clockRate) = (ssrc, clockRate);

    /// <summary>Whose packets come.</summary>
    public uint Ssrc { get; }

    /// <summary>Packets that came, once each.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes of payload that came.</summary>
    public long Bytes { get; private set; }

    /// <summary>Packets that are missing so far; what comes late, or again, is not missing any more.</summary>
    public long Lost => Math.Max(0, Expected - Packets);

    /// <summary>How evenly packets come.</summary>
    public TimeSpan Jitter => TimeSpan.FromSeconds(_jitter / _clockRate);

    private long Expected => _highest < 0 ? 0 : _highest - _first + 1;

    /// <summary>Takes a packet and returns its number in the whole stream.</summary>
    /// <param name="sequence">The packet's sequence number.</param>
    /// <param name="timestamp">Its timestamp.</param>
    /// <param name="length">Bytes of its payload.</param>
    /// <param name="isRepeat">Whether it came as a retransmission: those say nothing of the network's evenness.</param>
    /// <param name="now">When it came.</param>
    public long Receive(ushort sequence, uint timestamp, int length, bool isRepeat, TimeSpan now)
    {
        var number = isRepeat ? _sequences.Peek(sequence) : _sequences.Unwrap(sequence);
        if (_first < 0)
            _first = number;
        _first = Math.Min(_first, number);
        _highest = Math.Max(_highest, number);
        if (!isRepeat)
            Measure(timestamp, now);
        Packets++;
        Bytes += length;
        return number;
    }

    /// <summary>Takes what the sender reports.</summary>
    public void TakeReport(SenderReport report, TimeSpan now) => (_senderReport, _senderReportArrived) = (report, now);

    /// <summary>What to tell the sender. Begins a new interval.</summary>
    public ReportBlock Report(TimeSpan now)
    {
        var expected = Expected - _expectedBefore;
        var lost = expected - (Packets - _receivedBefore);
        (_expectedBefore, _receivedBefore) = (Expected, Packets);
        return new ReportBlock
        {
            Ssrc = Ssrc,
            FractionLost = expected > 0 && lost > 0 ? (byte)Math.Min(byte.MaxValue, lost * 256 / expected) : (byte)0,
            PacketsLost = (int)Math.Clamp(Expected - Packets, -0x80_0000, 0x7F_FFFF),
            // The numbers begin at 1 << 32, so that their lower half is the sequence number with the count of its beginnings above it.
            HighestSequence = (uint)_highest,
            Jitter = (uint)_jitter,
            LastSenderReport = _senderReport?.CompactTime ?? 0,
            DelaySinceLastSenderReport = _senderReport is null ? 0 : NtpTime.Compact(now - _senderReportArrived),
        };
    }

    private void Measure(uint timestamp, TimeSpan now)
    {
        // Packets of one picture share their timestamp and come in a burst: only its first is measured.
        if (_isMeasuring && timestamp == _lastTimestamp)
            return;
        if (_isMeasuring)
        {
            var arrived = (now - _lastArrival).TotalSeconds * _clockRate;
            var difference = Math.Abs(arrived - unchecked((int)(timestamp - _lastTimestamp)));
            // A jump of seconds is a stream that began anew, not the network.
            if (difference < _clockRate * 5.0)
                _jitter += (difference - _jitter) / 16;
        }

        (_lastTimestamp, _lastArrival, _isMeasuring) = (timestamp, now, true);
    }
}
