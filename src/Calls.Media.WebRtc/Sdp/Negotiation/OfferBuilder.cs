namespace Calls.Media.WebRtc.Sdp;

/// <summary>Makes offers: one audio and one video section, and what earlier rounds left behind in its place (RFC 9429, sections 5.2.1 and 5.2.2).</summary>
internal static class OfferBuilder
{
    private const int FirstDynamic = 96;

    /// <summary>The sections of an offer.</summary>
    /// <param name="previous">The own sections of the last agreed description; empty: the first offer.</param>
    /// <param name="profile">What we speak.</param>
    /// <param name="end">The own end of the transport.</param>
    /// <param name="streams">What we send.</param>
    public static List<MediaSection> Build(IReadOnlyList<MediaSection> previous, SdpProfile profile, LocalEnd end, LocalStreams streams)
    {
        TransportDescription transport = new() { IceUfrag = end.IceUfrag, IcePwd = end.IcePwd, Fingerprints = [end.Fingerprint] };
        List<MediaSection> sections = [.. previous.Select(section => section.IsRejected ? section : Again(section, transport))];
        foreach (var kind in (MediaKind[])[MediaKind.Audio, MediaKind.Video])
        {
            if (sections.Exists(section => section.Kind == kind && !section.IsRejected))
                continue;
            var fresh = Fresh(kind, sections, profile, transport, kind == MediaKind.Audio ? streams.Audio : streams.Video);
            // A refused section's place is used again, under a new name.
            var free = sections.FindIndex(section => section.Kind == kind);
            if (free < 0)
                sections.Add(fresh);
            else
                sections[free] = fresh;
        }

        return sections;
    }

    private static MediaSection Again(MediaSection section, TransportDescription transport)
        => section with { Transport = transport, Direction = MediaDirection.SendReceive, Candidates = [], EndOfCandidates = false };

    private static MediaSection Fresh(MediaKind kind, List<MediaSection> others, SdpProfile profile, TransportDescription transport, StreamIdentity stream)
    {
        HashSet<int> taken = [.. others.Where(section => !section.IsRejected).SelectMany(section => section.Codecs).Select(codec => codec.PayloadType)];
        List<RtpCodec> codecs = [];
        foreach (var codec in SupportedCodec.For(kind, profile))
        {
            RtpCodec offered = new()
            {
                PayloadType = Free(codec.PayloadType, taken),
                Name = codec.Name,
                ClockRate = codec.ClockRate,
                Channels = codec.Channels,
                Parameters = codec.Parameters,
                Feedback = codec.Feedback,
            };
            codecs.Add(offered);
            if (kind == MediaKind.Video)
            {
                var retransmission = Free(offered.PayloadType + 1, taken);
                codecs.Add(new() { PayloadType = retransmission, Name = SupportedCodec.Retransmission, ClockRate = codec.ClockRate, Parameters = $"apt={offered.PayloadType}" });
            }
        }

        return new MediaSection
        {
            Kind = kind,
            KindName = kind == MediaKind.Audio ? "audio" : "video",
            Protocol = "UDP/TLS/RTP/SAVPF",
            Formats = [.. codecs.Select(codec => $"{codec.PayloadType}")],
            Mid = FreeMid(others),
            Codecs = codecs,
            Extensions = FreeExtensions(others),
            Transport = transport,
            MultiplexesRtcp = true,
            ReducedSizeRtcp = true,
            Stream = stream,
        };
    }

    // All sections share one transport, so a payload type has one meaning in all of them (RFC 9143, section 10.1.2).
    private static int Free(int wanted, HashSet<int> taken)
    {
        if (taken.Add(wanted))
            return wanted;
        for (var type = FirstDynamic; type < 128; type++)
        {
            if (taken.Add(type))
                return type;
        }

        // 0 to 95 without the numbers that look like RTCP when both share a port (RFC 5761, section 4).
        for (var type = 35; type < 64; type++)
        {
            if (taken.Add(type))
                return type;
        }

        throw new SdpException(SdpErrorKind.NothingInCommon, "The other side's sections leave no payload type free.");
    }

    private static string FreeMid(List<MediaSection> others)
    {
        var number = others.Count;
        while (others.Exists(section => section.Mid == $"{number}"))
            number++;
        return $"{number}";
    }

    private static List<RtpExtensionMap> FreeExtensions(List<MediaSection> others)
    {
        Dictionary<int, string> taken = [];
        foreach (var extension in others.Where(section => !section.IsRejected).SelectMany(section => section.Extensions))
            taken.TryAdd(extension.Id, extension.Uri);
        List<RtpExtensionMap> extensions = [];
        foreach (var uri in SupportedCodec.Extensions)
        {
            var known = taken.FirstOrDefault(pair => pair.Value == uri).Key;
            var id = known > 0 ? known : Enumerable.Range(1, 14).FirstOrDefault(number => !taken.ContainsKey(number));
            if (id == 0)
                continue;
            taken[id] = uri;
            extensions.Add(new RtpExtensionMap(id, uri));
        }

        return extensions;
    }
}
