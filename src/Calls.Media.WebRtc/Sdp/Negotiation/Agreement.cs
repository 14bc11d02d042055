namespace Calls.Media.WebRtc.Sdp;

/// <summary>Reads what two descriptions, one offer and one answer, agree on.</summary>
internal static class Agreement
{
    /// <summary>The agreement of the own and the other side's description, both of which passed their checks.</summary>
    /// <param name="own">What we said.</param>
    /// <param name="remote">What the other side said.</param>
    /// <param name="answer">The one of the two that is the answer: what it refuses is refused.</param>
    /// <param name="current">What held before; null: nothing.</param>
    public static SessionAgreement Of(SessionDescription own, SessionDescription remote, SessionDescription answer, SessionAgreement? current)
    {
        AgreedSection? audio = null, video = null;
        var first = -1;
        for (var i = 0; i < answer.Sections.Count; i++)
        {
            if (answer.Sections[i].IsRejected || own.Sections[i].IsRejected || SectionOf(own.Sections[i], remote.Sections[i], i) is not { } agreed)
                continue;
            if (first < 0)
                first = i;
            if (own.Sections[i].Kind == MediaKind.Audio)
                audio ??= agreed;
            else
                video ??= agreed;
        }

        if (first < 0)
            throw new SdpException(SdpErrorKind.NothingInCommon, "The other side refused everything.");
        var end = Transport(remote, remote.Sections[first], current);
        return new SessionAgreement
        {
            Remote = end,
            IsDtlsClient = ReferenceEquals(answer, own) ? own.Sections[first].Transport!.Setup == DtlsSetup.Active : end.Setup == DtlsSetup.Passive,
            IsIceRestart = current is not null && IsRestart(current.Remote, end),
            RemoteCandidates = remote.Sections[first].Candidates,
            TransportMid = own.Sections[first].Mid!,
            TransportIndex = first,
            Audio = audio,
            Video = video,
        };
    }

    /// <summary>Whether <paramref name="next"/> is a new ICE generation.</summary>
    public static bool IsRestart(TransportDescription before, TransportDescription next) => before.IceUfrag != next.IceUfrag || before.IcePwd != next.IcePwd;

    /// <summary>The other side's end of the transport, which can be trusted as far as it must be.</summary>
    public static TransportDescription Transport(SessionDescription description, MediaSection section, SessionAgreement? current)
    {
        var end = AnswerBuilder.TransportOf(description, section)
            ?? throw new SdpException(SdpErrorKind.NoIceCredentials, "There is no ICE user name and password.");
        if (end.Fingerprints.Count == 0)
            throw new SdpException(SdpErrorKind.NoFingerprint, "There is no fingerprint of SHA-256 or longer.");
        if (current is not null && !current.Remote.Fingerprints.ToHashSet().SetEquals(end.Fingerprints))
            throw new SdpException(SdpErrorKind.FingerprintChanged, "The fingerprint is not the one that the session began with.");
        return end;
    }

    private static AgreedSection? SectionOf(MediaSection own, MediaSection remote, int index)
    {
        List<AgreedCodec> codecs = [];
        foreach (var theirs in remote.Codecs)
        {
            if (theirs.Is(SupportedCodec.Retransmission, theirs.ClockRate))
                continue;
            if (own.Codecs.FirstOrDefault(codec => codec.Is(theirs.Name, theirs.ClockRate) && codec.Channels == theirs.Channels) is { } ours)
                codecs.Add(CodecOf(ours, theirs, own, remote));
        }

        if (codecs.Count == 0)
            return null;
        return new AgreedSection
        {
            Mid = own.Mid!,
            Index = index,
            Direction = Both(own.Direction, remote.Direction),
            Codecs = codecs,
            MidExtension = Extension(RtpExtensionMap.Mid, own, remote),
            TransportSequenceExtension = Extension(RtpExtensionMap.TransportSequence, own, remote),
            ReducedSizeRtcp = own.ReducedSizeRtcp && remote.ReducedSizeRtcp,
            RemoteStream = remote.Stream,
        };
    }

    private static AgreedCodec CodecOf(RtpCodec ours, RtpCodec theirs, MediaSection own, MediaSection remote)
    {
        bool Has(string feedback) => ours.Feedback.Contains(feedback) && theirs.Feedback.Contains(feedback);
        var ownRetransmission = CommonCodecs.RetransmissionOf(ours, own);
        var theirRetransmission = CommonCodecs.RetransmissionOf(theirs, remote);
        var both = ownRetransmission is not null && theirRetransmission is not null;
        return new AgreedCodec
        {
            Name = ours.Name.ToUpperInvariant() is "OPUS" ? "opus" : ours.Name.ToUpperInvariant(),
            ClockRate = ours.ClockRate,
            SendPayloadType = (byte)theirs.PayloadType,
            ReceivePayloadType = (byte)ours.PayloadType,
            SendRetransmissionType = both ? (byte)theirRetransmission!.PayloadType : null,
            ReceiveRetransmissionType = both ? (byte)ownRetransmission!.PayloadType : null,
            Nack = Has("nack"),
            PictureLoss = Has("nack pli"),
            FullIntra = Has("ccm fir"),
            TransportFeedback = Has("transport-cc"),
            RemoteParameters = theirs.Parameters,
        };
    }

    private static MediaDirection Both(MediaDirection own, MediaDirection remote)
        => (own.HasFlag(MediaDirection.SendOnly) && remote.HasFlag(MediaDirection.ReceiveOnly) ? MediaDirection.SendOnly : 0)
        | (own.HasFlag(MediaDirection.ReceiveOnly) && remote.HasFlag(MediaDirection.SendOnly) ? MediaDirection.ReceiveOnly : 0);

    private static byte Extension(string uri, MediaSection own, MediaSection remote)
    {
        foreach (var extension in own.Extensions)
        {
            if (extension.Uri == uri && remote.Extensions.Contains(extension))
                return (byte)extension.Id;
        }

        return 0;
    }
}
