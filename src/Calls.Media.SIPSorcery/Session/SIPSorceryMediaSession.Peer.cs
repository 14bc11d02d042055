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
    private MediaConnectionState _state;
    private string _mid = "0";
    private int _midIndex;
    private volatile bool _isConnected;

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>Sends a coded frame, where the format is the agreed one.</summary>
    public void SendSound(AudioFormat format, uint duration, byte[] sample)
    {
        if (!_isConnected || IsDisposed || _agreement is not { SendsSound: true, Audio: var agreed } || format.Codec != agreed.Codec || format.FormatID != agreed.FormatID)
            return;
        lock (_clock)
        {
            var (timestamp, isFirst) = _clock.Next(Now, duration, agreed.RtpClockRate);
            _peer.AudioStream.SendRtpRaw(sample, timestamp, isFirst ? 1 : 0, agreed.FormatID);
        }
    }

    /// <summary>Sends a coded picture, where the format is the agreed one.</summary>
    public void SendPicture(VideoFormat format, uint duration, byte[] sample)
    {
        if (_isConnected && !IsDisposed && _agreement is { SendsPictures: true, Video: { } agreed } && format.Codec == agreed.Codec)
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
        if (isUp)
            _ = StartDevicesAsync();
    }

    /// <summary>Starts the devices, where there is a connection, an agreement, and some to start.</summary>
    private Task StartDevicesAsync()
        => _isConnected && _agreement is { } agreement && _media is { } media ? media.ConnectedAsync(agreement.Audio, agreement.Video) : Task.CompletedTask;

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
