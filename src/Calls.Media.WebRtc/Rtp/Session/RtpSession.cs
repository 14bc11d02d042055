using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>
/// The media of one connection: makes the packets of one audio and one video stream, takes those of the other side, and reports both ways. Opens nothing, waits for
/// nothing: time is an argument, packets and media go to <see cref="IRtpSessionSink"/>. Nothing is allocated per packet in steady state. Not for several threads
/// at once.
/// </summary>
internal sealed partial class RtpSession
{
    /// <summary>The bytes that a sink finds behind every packet for protection and framing.</summary>
    public const int ProtectionRoom = 64;

    /// <summary>The longest packet before protection.</summary>
    public const int MaximumPacket = 1_472;

    // A packet of sound of 20 ms, but for music.
    private const int AudioRoom = 240;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstReport = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan UnknownRoundTrip = TimeSpan.FromMilliseconds(100);
    private readonly IRtpSessionSink _sink;
    private readonly byte[] _name;
    private readonly TimeSpan _unixEpoch;
    private readonly SendingSection _sendsAudio;
    private readonly SendingSection _sendsVideo;
    private readonly ReceivingSection _receivesAudio = new(MediaKind.Audio);
    private readonly ReceivingSection _receivesVideo = new(MediaKind.Video);
    private readonly ArrivalRecorder _arrivals = new();
    private readonly byte[] _packet = new byte[MaximumPacket + ProtectionRoom];
    private ushort _transportSequence;
    private TimeSpan? _nextReport;
    private bool _tellsArrivals;
    private bool _reducedSize;

    /// <param name="sink">Where packets and media go.</param>
    /// <param name="streams">The names of what is sent, as the descriptions tell them.</param>
    /// <param name="unixEpoch">What to add to the session's time to have the time since 1970.</param>
    /// <param name="random">Where the first numbers come from.</param>
    public RtpSession(IRtpSessionSink sink, LocalStreams streams, TimeSpan unixEpoch, Random random)
    {
        (_sink, _unixEpoch) = (sink, unixEpoch);
        _name = System.Text.Encoding.ASCII.GetBytes(streams.Audio.CanonicalName ?? "");
        _sendsAudio = new SendingSection(streams.Audio, random);
        _sendsVideo = new SendingSection(streams.Video, random);
    }

    /// <summary>Takes what was agreed, the first time and whenever it changes.</summary>
    public void Configure(SessionAgreement agreement, TimeSpan now)
    {
        _sendsAudio.Configure(agreement.Audio);
        _sendsVideo.Configure(agreement.Video);
        _receivesAudio.Configure(agreement.Audio);
        _receivesVideo.Configure(agreement.Video);
        _tellsArrivals = _sendsAudio.NumbersTransport || _sendsVideo.NumbersTransport;
        _reducedSize = agreement is { Audio: null or { ReducedSizeRtcp: true }, Video: null or { ReducedSizeRtcp: true } };
        _nextReport ??= now + FirstReport;
    }

    /// <summary>Whether a packet of sound that is given now is sent.</summary>
    public bool SendsAudio => _sendsAudio.IsOpen;

    /// <summary>Whether a frame that is given now is sent.</summary>
    public bool SendsVideo => _sendsVideo.IsOpen;

    /// <summary>What was counted so far.</summary>
    public RtpFigures Figures => new(
        Sum(_sendsAudio.Sender?.Packets, _sendsVideo.Sender?.Packets, _sendsVideo.Sender?.Repeats),
        Sum(_sendsAudio.Sender?.Bytes, _sendsVideo.Sender?.Bytes),
        _receivesAudio.Packets + _receivesVideo.Packets,
        _receivesAudio.Bytes + _receivesVideo.Bytes,
        _receivesAudio.Lost + _receivesVideo.Lost,
        _sendsVideo.Sender?.RoundTripTime ?? _sendsAudio.Sender?.RoundTripTime,
        _receivesAudio.Receiver?.Jitter);

    /// <summary>When <see cref="HandleTimeout"/> is due; <see cref="TimeSpan.MaxValue"/>: never.</summary>
    public TimeSpan NextTimeout => Earliest(Earliest(_nextReport ?? TimeSpan.MaxValue, _receivesVideo.NextTimeout), _tellsArrivals ? _arrivals.NextTimeout : TimeSpan.MaxValue);

    /// <summary>Sends a packet of sound.</summary>
    /// <param name="payload">The coded sound; at most 1,276 bytes.</param>
    /// <param name="timestamp">Ticks of the codec's clock since the stream's begin.</param>
    /// <param name="marker">Whether sound begins after silence in which nothing was sent.</param>
    /// <param name="now">The time.</param>
    public void SendAudio(ReadOnlySpan<byte> payload, uint timestamp, bool marker, TimeSpan now)
    {
        if (_sendsAudio is not { IsOpen: true, Sender: { } sender })
            return;
        // On the stack, which all calls have in common.
        Span<byte> packet = stackalloc byte[RtpHeader.MaximumLength + AudioRoom + ProtectionRoom];
        packet = payload.Length <= AudioRoom ? packet : _packet;
        _sink.SendRtp(packet, sender.Write(packet, payload, timestamp, marker, NextTransportSequence(_sendsAudio), now));
    }

    /// <summary>Sends a whole VP8 frame, in as many packets as it takes.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="timestamp">Ticks of 90 kHz since the stream's begin.</param>
    /// <param name="now">The time.</param>
    public void SendVideo(ReadOnlySpan<byte> frame, uint timestamp, TimeSpan now)
    {
        if (_sendsVideo is not { IsOpen: true, Sender: { } sender })
            return;
        Span<byte> payload = stackalloc byte[Video.Vp8Packetizer.MaximumPayload];
        var packets = _sendsVideo.Begin(frame);
        while (packets.TryNext(payload, out var length))
            _sink.SendRtp(_packet, sender.Write(_packet, payload[..length], timestamp, packets.IsLast, NextTransportSequence(_sendsVideo), now));
    }

    /// <summary>Takes an RTP packet, in clear. What belongs to no section is left.</summary>
    public void ReceiveRtp(ReadOnlySpan<byte> packet, TimeSpan now)
    {
        if (!RtpPacket.TryParse(packet, out var read) || SectionOf(read) is not { } section)
            return;
        if (_tellsArrivals && read.Extensions.TryFind(section.TransportSequenceExtension, out var number) && number.Length == 2)
            _arrivals.Arrived(System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(number), now);
        section.Receive(read, _sink, now);
        // What is missing is asked for at once.
        if (section.NextTimeout <= now)
            SendFeedback(now);
    }

    /// <summary>Gives out no picture before the next key frame, and asks for one.</summary>
    public void AskForKeyFrame(TimeSpan now)
    {
        _receivesVideo.AskForKeyFrame(now);
        SendFeedback(now);
    }

    /// <summary>Does what is due.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        if (_nextReport <= now)
        {
            _nextReport = now + ReportInterval;
            SendReports(now, leaves: false);
        }

        if (NextTimeout <= now)
            SendFeedback(now);
    }

    /// <summary>Tells the other side that the streams end.</summary>
    public void Leave(TimeSpan now) => SendReports(now, leaves: true);

    private static TimeSpan Earliest(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static long Sum(long? one, long? two, long? three = null) => (one ?? 0) + (two ?? 0) + (three ?? 0);

    private ushort NextTransportSequence(SendingSection section) => section.NumbersTransport ? _transportSequence++ : (ushort)0;

    // RFC 9143, section 9.2: by the mid that a packet tells, by its source, or by what only one section can be.
    private ReceivingSection? SectionOf(in RtpPacket packet)
    {
        if (!packet.Extensions.IsEmpty
            && (packet.Extensions.TryFind(_receivesAudio.MidExtension, out var mid) || packet.Extensions.TryFind(_receivesVideo.MidExtension, out mid)))
            return _receivesAudio.IsNamed(mid) ? _receivesAudio : _receivesVideo.IsNamed(mid) ? _receivesVideo : null;
        if (_receivesAudio.Hears(packet.Ssrc))
            return _receivesAudio;
        if (_receivesVideo.Hears(packet.Ssrc))
            return _receivesVideo;
        return _receivesAudio.Knows(packet.PayloadType) ? _receivesAudio : _receivesVideo.Knows(packet.PayloadType) ? _receivesVideo : null;
    }
}

/// <summary>What a session counted.</summary>
/// <param name="PacketsSent">Packets, with what was sent again.</param>
/// <param name="BytesSent">Bytes of payload.</param>
/// <param name="PacketsReceived">Packets.</param>
/// <param name="BytesReceived">Bytes of payload.</param>
/// <param name="PacketsLost">Packets that did not come.</param>
/// <param name="RoundTripTime">By the other side's reports; null: not known yet.</param>
/// <param name="AudioJitter">How unevenly sound comes; null: none came.</param>
internal readonly record struct RtpFigures(
    long PacketsSent, long BytesSent, long PacketsReceived, long BytesReceived, long PacketsLost, TimeSpan? RoundTripTime, TimeSpan? AudioJitter);
