namespace Calls.Media.WebRtc.Sdp;

/// <summary>Makes answers: every section of the offer in its place, one audio and one video section accepted, the others refused (RFC 9429, section 5.3).</summary>
internal static class AnswerBuilder
{
    /// <summary>The sections of the answer.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="accepted">The indexes of the sections to accept (<see cref="Choose"/>).</param>
    /// <param name="profile">What we speak.</param>
    /// <param name="end">The own end of the transport, and who begins the handshake.</param>
    /// <param name="streams">What we send.</param>
    public static List<MediaSection> Build(SessionDescription offer, IReadOnlyList<int> accepted, SdpProfile profile, TransportDescription end, LocalStreams streams)
    {
        List<MediaSection> sections = [];
        for (var i = 0; i < offer.Sections.Count; i++)
            sections.Add(accepted.Contains(i) ? Accept(offer.Sections[i], profile, end, streams) : Refuse(offer.Sections[i]));
        return sections;
    }

    /// <summary>
    /// The sections to accept: one of each kind, all on one transport. What was agreed before stays agreed.
    /// </summary>
    /// <exception cref="SdpException">No section can be accepted.</exception>
    public static IReadOnlyList<int> Choose(SessionDescription offer, SdpProfile profile, SessionAgreement? current)
    {
        SdpException? refusal = null;
        List<int> accepted = [];
        foreach (var kind in (MediaKind[])[MediaKind.Audio, MediaKind.Video])
        {
            var known = kind == MediaKind.Audio ? current?.Audio?.Mid : current?.Video?.Mid;
            var fit = Enumerable.Range(0, offer.Sections.Count)
                .Where(i => offer.Sections[i].Kind == kind && Fits(offer, i, accepted, profile, ref refusal))
                .OrderBy(i => offer.Sections[i].Mid == known ? 0 : 1);
            accepted.AddRange(fit.Take(1));
        }

        if (accepted.Count == 0)
            throw refusal ?? new SdpException(SdpErrorKind.NothingInCommon, "The offer has no audio or video that this engine speaks.");
        accepted.Sort();
        return accepted;
    }

    /// <summary>What a bundled section says of the transport, or what the first of the bundle says for all.</summary>
    public static TransportDescription? TransportOf(SessionDescription description, MediaSection section)
        => section.Transport ?? (section.Mid is { } mid && description.Bundle.Contains(mid)
            ? description.Sections.FirstOrDefault(other => other.Mid == description.Bundle[0])?.Transport
            : null);

    private static bool Fits(SessionDescription offer, int index, List<int> accepted, SdpProfile profile, ref SdpException? refusal)
    {
        var section = offer.Sections[index];
        if (section.IsRejected || !section.Protocol.EndsWith("RTP/SAVPF", StringComparison.Ordinal) || CommonCodecs.Of(section, profile).Count == 0)
            return false;
        if (!section.MultiplexesRtcp || section.Mid is null)
            return Refused(ref refusal, SdpErrorKind.NotBundled, "A section has no mid, or RTP and RTCP do not share a port.");
        if (accepted.Count > 0 && !(offer.Bundle.Contains(section.Mid) && offer.Bundle.Contains(offer.Sections[accepted[0]].Mid!)))
            return Refused(ref refusal, SdpErrorKind.NotBundled, "The sections do not share a transport.");
        return TransportOf(offer, section) switch
        {
            null => Refused(ref refusal, SdpErrorKind.NoIceCredentials, "There is no ICE user name and password."),
            { Fingerprints.Count: 0 } => Refused(ref refusal, SdpErrorKind.NoFingerprint, "There is no fingerprint of SHA-256 or longer."),
            _ => true,
        };
    }

    private static bool Refused(ref SdpException? refusal, SdpErrorKind kind, string sentence)
    {
        refusal ??= new SdpException(kind, sentence);
        return false;
    }

    private static MediaSection Accept(MediaSection offered, SdpProfile profile, TransportDescription end, LocalStreams streams)
    {
        var codecs = CommonCodecs.Of(offered, profile);
        return new MediaSection
        {
            Kind = offered.Kind,
            KindName = offered.KindName,
            Protocol = offered.Protocol,
            Formats = [.. codecs.Select(codec => $"{codec.PayloadType}")],
            Mid = offered.Mid,
            Direction = Reverse(offered.Direction),
            Codecs = codecs,
            Extensions = [.. offered.Extensions.Where(extension => SupportedCodec.Extensions.Contains(extension.Uri)).DistinctBy(extension => extension.Uri)],
            Transport = end,
            MultiplexesRtcp = true,
            ReducedSizeRtcp = offered.ReducedSizeRtcp,
            Stream = offered.Direction.HasFlag(MediaDirection.ReceiveOnly) ? offered.Kind == MediaKind.Audio ? streams.Audio : streams.Video : null,
        };
    }

    private static MediaSection Refuse(MediaSection offered) => new()
    {
        Kind = offered.Kind,
        KindName = offered.KindName,
        Protocol = offered.Protocol,
        Formats = offered.Formats,
        Mid = offered.Mid,
        Direction = MediaDirection.Inactive,
        IsRejected = true,
    };

    private static MediaDirection Reverse(MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => MediaDirection.ReceiveOnly,
        MediaDirection.ReceiveOnly => MediaDirection.SendOnly,
        _ => direction,
    };
}
