namespace Calls.Media.WebRtc.Sdp;

/// <summary>Whether an answer fits its offer (RFC 3264, section 6; RFC 9143, section 7.3).</summary>
internal static class AnswerCheck
{
    /// <summary>Passes an answer that fits.</summary>
    /// <exception cref="SdpException">It does not.</exception>
    public static void Check(SessionDescription offer, SessionDescription answer)
    {
        if (answer.Sections.Count != offer.Sections.Count)
            throw Misfit("An answer has as many sections as its offer.");
        List<MediaSection> accepted = [];
        for (var i = 0; i < offer.Sections.Count; i++)
        {
            var (asked, said) = (offer.Sections[i], answer.Sections[i]);
            if (said.KindName != asked.KindName)
                throw Misfit("An answer has the sections of its offer, in its order.");
            if (said.IsRejected)
                continue;
            if (asked.IsRejected || said.Mid != asked.Mid || said.Protocol != asked.Protocol)
                throw Misfit("An answer accepts a section that was not offered so.");
            if (!said.MultiplexesRtcp)
                throw new SdpException(SdpErrorKind.NotBundled, "RTP and RTCP do not share a port.");
            if (AnswerBuilder.TransportOf(answer, said) is { Setup: DtlsSetup.ActPass })
                throw Misfit("An answer says who begins the handshake.");
            accepted.Add(said);
        }

        if (accepted.Count > 1 && accepted.Exists(section => !answer.Bundle.Contains(section.Mid!)))
            throw new SdpException(SdpErrorKind.NotBundled, "The sections do not share a transport.");
    }

    /// <summary>The offer's sections as the answer left them: what was refused is refused, and codecs that the other side does not speak are gone.</summary>
    public static List<MediaSection> Settled(SessionDescription offer, SessionDescription answer)
    {
        List<MediaSection> settled = [];
        for (var i = 0; i < offer.Sections.Count; i++)
        {
            var (asked, said) = (offer.Sections[i], answer.Sections[i]);
            settled.Add(said.IsRejected || asked.IsRejected ? Refused(asked) : Kept(asked, said));
        }

        return settled;
    }

    private static MediaSection Refused(MediaSection asked)
        => asked with { IsRejected = true, Transport = null, Stream = null, Direction = MediaDirection.Inactive, Codecs = [], Extensions = [] };

    private static MediaSection Kept(MediaSection asked, MediaSection said)
    {
        List<RtpCodec> codecs = [.. asked.Codecs.Where(codec => said.Codecs.Any(other => other.Is(codec.Name, codec.ClockRate)))];
        return asked with
        {
            Codecs = codecs,
            Formats = [.. codecs.Select(codec => $"{codec.PayloadType}")],
            Extensions = [.. asked.Extensions.Where(said.Extensions.Contains)],
        };
    }

    private static SdpException Misfit(string sentence) => new(SdpErrorKind.NotAnAnswerToTheOffer, sentence);
}
