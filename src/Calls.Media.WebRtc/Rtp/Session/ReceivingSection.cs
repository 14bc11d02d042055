using System.Text;
using Calls.Media.WebRtc.Prefetching;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Video;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>What a section receives.</summary>
internal sealed class ReceivingSection(MediaKind kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan BetweenKeyFrameRequests = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan BeforeKeyFrameRequest = TimeSpan.FromMilliseconds(100);
    private AgreedSection? _agreed;

    // Nearly every packet is of the codec of the one before.
    private AgreedCodec? _lastCodec;
    private byte[] _mid = [];
    private Vp8Assembler _assembler = new(Patience);
    private NackTracker _missing = new();
    private TimestampUnwrapper _timestamps;
    private long? _firstTimestamp;
    private TimeSpan _keyFrameDue = TimeSpan.MaxValue;

    // Of sources that are no longer heard.
    private (long Packets, long Bytes, long Lost) _before;

    /// <summary>The source that is heard; null: none yet.</summary>
    public RtpReceiver? Receiver { get; private set; }

    /// <summary>The number of the transport sequence extension; 0: none.</summary>
    public byte TransportSequenceExtension => _agreed?.TransportSequenceExtension ?? 0;

    /// <summary>The number of the mid extension; 0: none.</summary>
    public byte MidExtension => _agreed?.MidExtension ?? 0;

    public long Packets => _before.Packets + (Receiver?.Packets ?? 0);

    public long Bytes => _before.Bytes + (Receiver?.Bytes ?? 0);

    public long Lost => _before.Lost + (Receiver?.Lost ?? 0);

    /// <summary>When something is to be asked for: never for sound.</summary>
    public TimeSpan NextTimeout => kind != MediaKind.Video || Receiver is null ? TimeSpan.MaxValue : _missing.NextTimeout < _keyFrameDue ? _missing.NextTimeout : _keyFrameDue;

    /// <summary>Prepares <see cref="Receive"/>.</summary>
    public void Prefetch()
    {
        CacheLines.Fetch(_agreed, lines: 2);
        CacheLines.Fetch(_lastCodec);
        CacheLines.Fetch(Receiver, lines: 3);
    }

    public void Configure(AgreedSection? section)
    {
        (_agreed, _lastCodec) = (section, null);
        _mid = section is null ? [] : Encoding.ASCII.GetBytes(section.Mid);
    }

    public bool IsNamed(ReadOnlySpan<byte> mid) => _agreed is not null && mid.SequenceEqual(_mid);

    /// <summary>Whether the payload type is one of the section's.</summary>
    public bool Knows(byte payloadType) => Find(payloadType, out _) is not null;

    /// <summary>Whether the source is the one that is heard, or its retransmissions.</summary>
    public bool Hears(uint ssrc) => Receiver?.Ssrc == ssrc || (_agreed?.RemoteStream is { } stream && (stream.Ssrc == ssrc || stream.RetransmissionSsrc == ssrc));

    /// <summary>Takes a packet, and gives what it completes to <paramref name="sink"/>.</summary>
    public void Receive(in RtpPacket packet, IRtpSessionSink sink, TimeSpan now)
    {
        if (_agreed is not { Receives: true } || Find(packet.PayloadType, out var isRepeat) is not { } codec)
            return;
        if (isRepeat)
        {
            if (Receiver is { } heard && Retransmission.TryRead(packet.Payload, out var sequence, out var lost))
                Take(heard, codec, sequence, packet.Timestamp, packet.Marker, lost, isRepeat: true, sink, now);
            return;
        }

        if (Receiver is null || Receiver.Ssrc != packet.Ssrc)
            Begin(packet.Ssrc, codec);
        Take(Receiver!, codec, packet.Sequence, packet.Timestamp, packet.Marker, packet.Payload, isRepeat: false, sink, now);
    }

    /// <summary>Gives out no picture before the next key frame, and asks for one at once; only where pictures come.</summary>
    public void AskForKeyFrame(TimeSpan now)
    {
        if (Receiver is null || kind != MediaKind.Video)
            return;
        _assembler.GiveUp();
        _keyFrameDue = now;
    }

    /// <summary>Writes what is to be asked for now.</summary>
    public void WriteFeedback(ref RtcpWriter writer, uint ssrc, IRtpSessionSink sink, TimeSpan roundTrip, TimeSpan now)
    {
        if (Receiver is not { } receiver || kind != MediaKind.Video)
            return;
        Deliver(sink, now);
        Span<ushort> due = stackalloc ushort[NackTracker.Most];
        var count = _missing.TakeDue(due, roundTrip, now);
        if (count > 0 && _agreed?.Codecs[0].Nack == true)
            writer.TryNack(ssrc, receiver.Ssrc, due[..count]);
        if (_keyFrameDue > now)
            return;
        if (_agreed?.Codecs[0].PictureLoss == true)
            writer.TryPictureLoss(ssrc, receiver.Ssrc);
        _keyFrameDue = now + BetweenKeyFrameRequests;
    }

    private AgreedCodec? Find(byte payloadType, out bool isRepeat)
    {
        isRepeat = false;
        if (_lastCodec?.ReceivePayloadType == payloadType)
            return _lastCodec;
        if (_agreed is null)
            return null;
        var codecs = _agreed.Codecs;
        for (var i = 0; i < codecs.Count; i++)
        {
            isRepeat = codecs[i].ReceiveRetransmissionType == payloadType;
            if (isRepeat)
                return codecs[i];
            if (codecs[i].ReceivePayloadType == payloadType)
                return _lastCodec = codecs[i];
        }

        return null;
    }

    // The other side may begin a new stream in the place of the old one.
    private void Begin(uint ssrc, AgreedCodec codec)
    {
        _before = (Packets, Bytes, Lost);
        Receiver = new RtpReceiver(ssrc, codec.ClockRate);
        if (kind == MediaKind.Video)
            (_assembler, _missing, _timestamps, _firstTimestamp) = (new Vp8Assembler(Patience), new NackTracker(), default, null);
    }

    private void Take(
        RtpReceiver receiver, AgreedCodec codec, ushort sequence, uint timestamp, bool marker, ReadOnlySpan<byte> payload, bool isRepeat, IRtpSessionSink sink, TimeSpan now)
    {
        var number = receiver.Receive(sequence, timestamp, payload.Length, isRepeat, now);
        if (kind != MediaKind.Video)
        {
            sink.AudioArrived(codec, number, timestamp, payload, now);
            return;
        }

        if (!_missing.Receive(number, now))
        {
            _assembler.GiveUp();
            _keyFrameDue = now;
        }

        _assembler.Add(number, timestamp, marker, payload, now);
        Deliver(sink, now);
    }

    private void Deliver(IRtpSessionSink sink, TimeSpan now)
    {
        while (_assembler.TryTake(now, out var frame, out var ticks, out var isKeyFrame))
        {
            var timestamp = _timestamps.Unwrap(ticks);
            _firstTimestamp ??= timestamp;
            sink.VideoArrived(frame, TimeSpan.FromTicks((timestamp - _firstTimestamp.Value) * TimeSpan.TicksPerSecond / 90_000), isKeyFrame);
        }

        _missing.Forget(_assembler.FirstWanted);
        // One that is on its way already is not asked for.
        if (!_assembler.NeedsKeyFrame)
            _keyFrameDue = TimeSpan.MaxValue;
        else if (_keyFrameDue == TimeSpan.MaxValue)
            _keyFrameDue = now + BeforeKeyFrameRequest;
    }
}
