using Calls.Media.WebRtc.Audio;
using Calls.Media.WebRtc.Beat;
using Calls.Media.WebRtc.Rtp;
using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Flow;

/// <summary>
/// The media of one connection between devices and packets: codes what the microphone gives, decodes what comes, and gives it to the outputs in the beat. Every member
/// may be used from any thread. Allocates nothing per packet.
/// </summary>
internal sealed partial class MediaFlow : IRtpSessionSink, IBeatListener, IDisposable
{
    private readonly Lock _gate = new();
    private readonly IAudioOutput? _loudspeaker;
    private readonly IVideoOutput? _screen;
    private readonly RtpSession _session;
    private readonly AudioSending _sending = new(AudioCodecs.CreateEncoder);
    private readonly AudioPlayout _playout = new(AudioCodecs.CreateDecoder);
    private string? _codec;
    private int _codecRate = AudioFrame.SampleRate;
    private bool _plays = true;
    private bool _isDisposed;
    private bool _hasShown;
    private volatile bool _wantsKeyFrame;
    private volatile IPacketSender? _sender;

    /// <param name="streams">The names of what is sent.</param>
    /// <param name="unixEpoch">What to add to the beat's time to have the time since 1970.</param>
    /// <param name="loudspeaker">Takes the sound that comes; not disposed of here. Null: it is left.</param>
    /// <param name="screen">Takes the pictures that come; not disposed of here. Null: they are left.</param>
    public MediaFlow(LocalStreams streams, TimeSpan unixEpoch, IAudioOutput? loudspeaker, IVideoOutput? screen)
    {
        (_loudspeaker, _screen) = (loudspeaker, screen);
        _session = new RtpSession(this, streams, unixEpoch, Random.Shared);
    }

    /// <summary>Where packets go; null, and before there is one: they are lost.</summary>
    public IPacketSender? Sender
    {
        get => _sender;
        set => _sender = value;
    }

    /// <summary>What was counted so far.</summary>
    public RtpFigures Figures
    {
        get
        {
            lock (_gate)
                return _session.Figures;
        }
    }

    /// <summary>Whether pictures that are given now are sent.</summary>
    public bool SendsVideo
    {
        get
        {
            lock (_gate)
                return _session.SendsVideo;
        }
    }

    /// <summary>Takes what was agreed, the first time and whenever it changes.</summary>
    public void Configure(SessionAgreement agreement, TimeSpan now)
    {
        lock (_gate)
        {
            _session.Configure(agreement, now);
            _codec = agreement.Audio?.Codecs[0].Name;
            Volatile.Write(ref _codecRate, AudioCodecs.SampleRateOf(_codec));
        }
    }

    /// <summary>Plays what comes, or, on hold, does not. Afterwards pictures begin with a key frame, which is asked for.</summary>
    public void Play(bool plays, TimeSpan now)
    {
        lock (_gate)
        {
            if (plays && !_plays)
                _session.AskForKeyFrame(now);
            _plays = plays;
        }
    }

    /// <summary>Shows nothing more before a key frame, and asks for one: a picture was lost on its way to the output.</summary>
    public void AskForKeyFrame(TimeSpan now)
    {
        lock (_gate)
        {
            if (!_isDisposed)
                _session.AskForKeyFrame(now);
        }
    }

    /// <summary>The samples a second that sound is best given with: those of the codec that is sent.</summary>
    public int SampleRate => Volatile.Read(ref _codecRate);

    /// <summary>Sends 20 ms of sound, of whatever rate.</summary>
    public void SendSound(ReadOnlySpan<short> frame, TimeSpan now)
    {
        lock (_gate)
        {
            if (_isDisposed || _codec is null || !_session.SendsAudio)
                return;
            if (_sending.Encode(_codec, frame, out var payload, out var timestamp, out var begins))
                _session.SendAudio(payload, timestamp, begins, now);
        }
    }

    /// <summary>Lets a frame's time pass in which nothing is sent.</summary>
    public void PassSound()
    {
        lock (_gate)
            _sending.Pass();
    }

    /// <summary>Sends a picture. Its time goes on over all inputs of the flow's life.</summary>
    public void SendPicture(ReadOnlySpan<byte> picture, TimeSpan timestamp, TimeSpan now)
    {
        lock (_gate)
        {
            if (!_isDisposed)
                _session.SendVideo(picture, unchecked((uint)(timestamp.Ticks * 9 / 1_000)), now);
        }
    }

    /// <summary>Whether the other side has asked for a key frame since the last time this was asked.</summary>
    public bool TakeKeyFrameWish()
    {
        if (!_wantsKeyFrame)
            return false;
        _wantsKeyFrame = false;
        return true;
    }

    /// <summary>Takes an RTP or RTCP packet that was opened.</summary>
    /// <returns>Whether pictures were given to the screen since the packet before.</returns>
    public bool Receive(ReadOnlySpan<byte> packet, TimeSpan now)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return false;
            if (RtpPacket.IsRtcp(packet))
                _session.ReceiveRtcp(packet, now);
            else
                _session.ReceiveRtp(packet, now);
            var hasShown = _hasShown;
            _hasShown = false;
            return hasShown;
        }
    }

    /// <summary>Does what is due, and plays the next 20 ms.</summary>
    public void Beat(TimeSpan now)
    {
        // On the stack, which all calls have in common: 48 kHz takes as much memory as all the rest that a call touches in a beat.
        Span<short> frame = stackalloc short[AudioFrame.Samples];
        // A host is asked outside of the gate too. Where the codec changes meanwhile, its sound is brought to this rate.
        var rate = _playout.SampleRate;
        if (rate != AudioFrame.SampleRate && _loudspeaker?.Takes(rate) == true)
            frame = frame[..(rate / AudioFrame.PerSecond)];
        var isHeard = false;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            if (_session.NextTimeout <= now)
                _session.HandleTimeout(now);
            if (_playout.HasBegun)
            {
                _playout.Read(frame, now);
                isHeard = _plays;
            }
        }

        // Outside of the gate: a packet that comes meanwhile does not wait for the host.
        if (isHeard)
            _loudspeaker?.Write(frame);
    }

    /// <summary>Tells the other side that the streams end.</summary>
    public void Leave(TimeSpan now)
    {
        lock (_gate)
        {
            if (!_isDisposed)
                _session.Leave(now);
        }
    }

    /// <summary>Nothing is sent or played any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _sending.Dispose();
            _playout.Dispose();
        }
    }

    void IRtpSessionSink.SendRtp(Span<byte> buffer, int length) => _sender?.SendRtp(buffer, length);

    void IRtpSessionSink.SendRtcp(Span<byte> buffer, int length) => _sender?.SendRtcp(buffer, length);

    void IRtpSessionSink.AudioArrived(AgreedCodec codec, long number, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
        => _playout.Add(codec.Name, codec.ClockRate, number, timestamp, payload, now);

    void IRtpSessionSink.VideoArrived(ReadOnlySpan<byte> frame, TimeSpan timestamp, bool isKeyFrame)
    {
        if (!_plays)
            return;
        _hasShown = true;
        _screen?.Write(new VideoFrame(frame, timestamp, isKeyFrame));
    }

    void IRtpSessionSink.KeyFrameWanted() => _wantsKeyFrame = true;
}
