namespace Calls.Media.WebRtc.Sdp;

/// <summary>What of an offered section we speak.</summary>
internal static class CommonCodecs
{
    /// <summary>
    /// The codecs of <paramref name="offered"/> that we speak, under the payload types of the offer and in its order, each with the retransmission that
    /// was offered for it; the feedback is what both sides take.
    /// </summary>
    public static List<RtpCodec> Of(MediaSection offered, SdpProfile profile)
    {
        var supported = SupportedCodec.For(offered.Kind, profile);
        List<RtpCodec> common = [];
        foreach (var codec in offered.Codecs)
        {
            if (supported.FirstOrDefault(own => own.Matches(codec)) is not { } own || common.Exists(own.Matches))
                continue;
            common.Add(codec with { Parameters = own.Parameters, Feedback = [.. own.Feedback.Where(codec.Feedback.Contains)] });
            if (offered.Kind == MediaKind.Video && RetransmissionOf(codec, offered) is { } retransmission)
                common.Add(retransmission with { Feedback = [] });
        }

        return common;
    }

    /// <summary>The codec that sends <paramref name="codec"/> again (RFC 4588, section 8.1); null: none.</summary>
    public static RtpCodec? RetransmissionOf(RtpCodec codec, MediaSection section)
        => section.Codecs.FirstOrDefault(other => other.Is(SupportedCodec.Retransmission, codec.ClockRate)
            && SdpText.TryNumber(other.Parameter("apt"), 127, out var type) && type == codec.PayloadType);
}
