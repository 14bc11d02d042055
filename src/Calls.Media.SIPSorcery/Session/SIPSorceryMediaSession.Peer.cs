using System.Net;
using Calls.Media.SIPSorcery.Descriptions;
using Calls.Signaling;
using SIPSorcery.Net;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Session;

/// <summary>What comes from the peer connection, and what is sent on it.</summary>
internal sealed partial class SIPSorceryMediaSession
{
    private readonly HashSet<string> _told = [];
    private readonly Reports _reports = new();
    private readonly RtpClock _clock = new();
    private readonly Pictures _pictures = new();
    private AudioFormat _audioFormat;
    private VideoFormat? _videoFormat;
    private MediaConnectionState _state;
    private string _mid = "0";
    private int _midIndex;
    private bool _maySendSound;
    private bool _maySendPictures;
    private volatile bool _isConnected;

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>Sends a coded frame, where the format is the agreed one.</summary>
    public void SendSound(AudioFormat format, uint duration, byte[] sample)
    {
        if (!_isConnected || IsDisposed || !_maySendSound || format.Codec != _audioFormat.Codec || format.FormatID != _audioFormat.FormatID)
            return;
        lock (_clock)
        {
            var (timestamp, isFirst) = _clock.Next(Now, duration, _audioFormat.RtpClockRate);
            _peer.AudioStream.SendRtpRaw(sample, timestamp, isFirst ? 1 : 0, _audioFormat.FormatID);
        }
    }

    /// <summary>Sends a coded picture, where the format is the agreed one.</summary>
    public void SendPicture(VideoFormat format, uint duration, byte[] sample)
    {
        if (_isConnected && !IsDisposed && _maySendPictures && _videoFormat is { } agreed && format.Codec == agreed.Codec)
            _peer.VideoStream.SendVideo(duration, sample);
    }

    private void Listen()
    {
        _peer.onicecandidate += _ => TellGathered();
        _peer.onconnectionstatechange += OnState;
        _peer.OnAudioFrameReceived += frame => _media?.Outputs.Play(frame);
        _peer.OnVideoFrameReceived += (from, timestamp, picture, format) => _media?.Outputs.Show(from, timestamp, picture, format);
        _peer.OnRtpPacketReceived += OnPacket;
        _peer.OnSendReport += (kind, report) => _reports.Sent(kind, report);
        _peer.OnReceiveReport += OnReport;
    }

    /// <summary>SIPSorcery tells what was gathered before somebody listened not at all, or again: all that there is is looked through.</summary>
    private void TellGathered()
    {
        if (_stage == Stage.New)
            return;
        List<IceCandidate> fresh = [];
        lock (_gate)
        {
            foreach (var candidate in _peer.GetRtpChannel().Candidates)
            {
                var line = CandidateText.Write(candidate.ToString());
                if (_told.Add(line))
                    fresh.Add(new IceCandidate(line, _mid, _midIndex, _peer.GetRtpChannel().LocalIceUser));
            }

            if (fresh.Count > 0)
                _events.Post(new LocalCandidatesGathered(fresh));
        }

        _events.Tell();
    }

    private void OnState(RTCPeerConnectionState state)
    {
        if (IsDisposed)
            return;

        // A fingerprint that is wrong closes the connection before it fails. One that was up is closed by the other side: that may be a page that loads anew and
        // comes back with another session, which is a silence, and not the end of the call.
        var told = state switch
        {
            RTCPeerConnectionState.connected => MediaConnectionState.Connected,
            RTCPeerConnectionState.closed => _isConnected ? MediaConnectionState.Disconnected : MediaConnectionState.Failed,
            RTCPeerConnectionState.failed => MediaConnectionState.Failed,
            RTCPeerConnectionState.disconnected => MediaConnectionState.Disconnected,
            _ => MediaConnectionState.Connecting,
        };
        if (told != MediaConnectionState.Connecting)
            Interlocked.Exchange(ref _handshake, null)?.Dispose();
        Change(told);
    }

    private void Change(MediaConnectionState state)
    {
        var isUp = false;
        lock (_gate)
        {
            // What failed stays so until it is closed; what is up does not begin anew.
            if (state == _state || _state == MediaConnectionState.Failed || state == MediaConnectionState.Connecting && _state != MediaConnectionState.New)
                return;
            _state = state;
            _events.Post(new ConnectionStateChanged(state));
            if (state == MediaConnectionState.Connected && !_isConnected)
            {
                isUp = _isConnected = true;
                _events.Post(new RemoteStreamAdded(new SIPSorceryRemoteStream(_media?.Outputs.Loudspeaker, _media?.Outputs.Display)));
            }
        }

        _events.Tell();
        if (isUp && _stage == Stage.Agreed && _media is { } media)
            _ = media.ConnectedAsync(_audioFormat, _videoFormat);
    }

    private void OnPacket(IPEndPoint from, SDPMediaTypesEnum kind, RTPPacket packet)
    {
        if (kind != SDPMediaTypesEnum.video || IsDisposed || _media?.Outputs.Display is null || !_pictures.Came(packet.Header.SequenceNumber, Now))
            return;
        _peer.VideoStream.SendRtcpFeedback(new RTCPFeedback(_peer.VideoStream.LocalTrack.Ssrc, packet.Header.SyncSource, PSFBFeedbackTypesEnum.PLI));
    }

    private void OnReport(IPEndPoint from, SDPMediaTypesEnum kind, RTCPCompoundPacket report)
    {
        _reports.Came(report, _time.GetUtcNow());
        if (report.Feedback?.Header is { PacketType: RTCPReportTypesEnum.PSFB } header
            && header.PayloadFeedbackMessageType is PSFBFeedbackTypesEnum.PLI or PSFBFeedbackTypesEnum.FIR)
            _ = _media?.ForceKeyFrameAsync();
    }

    private void AddTracks(bool withVideo)
    {
        if (_peer.AudioStream?.LocalTrack is not null)
            return;
        IReadOnlyList<AudioFormat> spoken = _media?.AudioFormats ?? [new AudioFormat(SDPWellKnownMediaFormatsEnum.PCMU), new AudioFormat(SDPWellKnownMediaFormatsEnum.PCMA)];
        _peer.addTrack(new MediaStreamTrack([.. spoken]) { NoDtmfSupport = true });

        // Without a codec in common SIPSorcery answers that nothing is sent, which a description with a track of its own would not come to.
        if (withVideo)
            _peer.addTrack(new MediaStreamTrack([.. VideoFormats()], Direction()));
    }

    private List<VideoFormat> VideoFormats()
    {
        var shown = _media?.Outputs.Display?.GetVideoSinkFormats() is { Count: > 0 } formats ? formats : null;
        List<VideoFormat> both = [.. _options.VideoFormats.Where(one => shown is null || shown.Any(other => other.Codec == one.Codec))];
        return both.Count > 0 ? both : [.. _options.VideoFormats];
    }

    private MediaStreamStatusEnum Direction() => (_options.Camera ?? _options.Screen, _options.Display) switch
    {
        (null, null) => MediaStreamStatusEnum.Inactive,
        (null, _) => MediaStreamStatusEnum.RecvOnly,
        (_, null) => MediaStreamStatusEnum.SendOnly,
        _ => MediaStreamStatusEnum.SendRecv,
    };

    private void ReadFormats()
    {
        _audioFormat = _peer.AudioStream.LocalTrack.Capabilities
            .First(format => !string.Equals(format.Name(), SDP.TELEPHONE_EVENT_ATTRIBUTE, StringComparison.OrdinalIgnoreCase)).ToAudioFormat();
        _maySendSound = MaySend(_peer.AudioStream);
        var video = _peer.VideoStream?.LocalTrack is { StreamStatus: not MediaStreamStatusEnum.Inactive, Capabilities.Count: > 0 } track ? track : null;
        _videoFormat = video is null || _remote!.Video is null ? null : video.Capabilities[0].ToVideoFormat();
        _maySendPictures = _videoFormat is not null && MaySend(_peer.VideoStream!);
    }

    private static bool MaySend(MediaStream stream)
        => stream.LocalTrack.StreamStatus is MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.SendOnly
            && stream.RemoteTrack?.StreamStatus is null or MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.RecvOnly;

    private MediaStatistics Statistics()
    {
        RTCPSession?[] sessions = [_peer.AudioStream?.RtcpSession, _peer.VideoStream?.RtcpSession];
        return new MediaStatistics
        {
            RoundTripTime = _reports.RoundTrip,
            PacketsSent = sessions.Sum(session => session?.PacketsSentCount ?? 0),
            PacketsReceived = sessions.Sum(session => session?.PacketsReceivedCount ?? 0),
            PacketsLost = _reports.Lost,
            BytesSent = sessions.Sum(session => session?.OctetsSentCount ?? 0),
            BytesReceived = sessions.Sum(session => session?.OctetsReceivedCount ?? 0),
            IsRelayed = _peer.GetRtpChannel().NominatedEntry is { } pair ? pair.LocalCandidate.type == RTCIceCandidateType.relay : null,
        };
    }
}
