using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Tests.Sdp;

public class HostileTests
{
    [Theory]
    [InlineData("a=fingerprint:", nameof(SdpErrorKind.NoFingerprint))]
    [InlineData("a=ice-ufrag:", nameof(SdpErrorKind.NoIceCredentials))]
    [InlineData("a=ice-pwd:", nameof(SdpErrorKind.NoIceCredentials))]
    [InlineData("a=rtcp-mux", nameof(SdpErrorKind.NotBundled))]
    [InlineData("a=mid:", nameof(SdpErrorKind.NotBundled))]
    [InlineData("a=rtpmap:", nameof(SdpErrorKind.NothingInCommon), "m=audio 9 UDP/TLS/RTP/SAVPF 111 63")]
    [InlineData("v=", nameof(SdpErrorKind.Syntax))]
    [InlineData("o=", nameof(SdpErrorKind.Syntax))]
    [InlineData("s=", nameof(SdpErrorKind.Syntax))]
    [InlineData("t=", nameof(SdpErrorKind.Syntax))]
    [InlineData("m=", nameof(SdpErrorKind.Syntax))]
    public void X9_An_offer_that_lacks_what_it_needs_is_refused(string missing, string kind, string? audio = null)
    {
        var offer = Offers.Chromium.Without(missing);
        if (audio is not null)
            offer = offer.Replace("m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126", audio, StringComparison.Ordinal);
        Refusal(missing == "m=" ? offer + "m=\r\n" : offer).Should().Be(kind);
    }

    [Theory]
    [InlineData("a=mid:0", "a=mid:0\rx", nameof(SdpErrorKind.Syntax))]
    [InlineData("a=mid:0", "a=mid:0\0", nameof(SdpErrorKind.Syntax))]
    [InlineData("a=mid:1", "a=mid:0", nameof(SdpErrorKind.Ambiguous))]
    [InlineData("SAVPF 111 63", "SAVPF 111 200", nameof(SdpErrorKind.OutOfRange))]
    [InlineData("SAVPF 111 63", "SAVPF 111 111", nameof(SdpErrorKind.Ambiguous))]
    [InlineData("a=rtpmap:111 ", "a=rtpmap:128 ", nameof(SdpErrorKind.OutOfRange))]
    [InlineData("a=rtpmap:111 opus/48000/2", "a=rtpmap:111 opus/0/2", nameof(SdpErrorKind.OutOfRange))]
    [InlineData("a=rtpmap:63 red", "a=rtpmap:111 red", nameof(SdpErrorKind.Ambiguous))]
    [InlineData("m=audio 9", "m=audio 70000", nameof(SdpErrorKind.OutOfRange))]
    [InlineData("m=audio 9", "m=audio -1", nameof(SdpErrorKind.Syntax))]
    [InlineData("a=extmap:1 ", "a=extmap:0 ", nameof(SdpErrorKind.OutOfRange))]
    [InlineData("a=extmap:1 ", "a=extmap:256 ", nameof(SdpErrorKind.OutOfRange))]
    [InlineData("a=extmap:1 ", "a=extmap:2 ", nameof(SdpErrorKind.Ambiguous))]
    [InlineData("a=ice-ufrag:ss8F", "a=ice-ufrag:s", nameof(SdpErrorKind.Syntax))]
    [InlineData("a=ice-pwd:678j2nJzQ066rmwMkbBRkvR9", "a=ice-pwd:short", nameof(SdpErrorKind.Syntax))]
    [InlineData("a=fingerprint:sha-256 8A:", "a=fingerprint:sha-256 ", nameof(SdpErrorKind.Syntax))]
    [InlineData("a=fingerprint:sha-256 8A:", "a=fingerprint:sha-256 8G:", nameof(SdpErrorKind.Syntax))]
    [InlineData("a=fingerprint:sha-256 ", "a=fingerprint:sha-1 ", nameof(SdpErrorKind.NoFingerprint))]
    [InlineData("a=setup:actpass", "a=setup:whatever", nameof(SdpErrorKind.Syntax))]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/AVP", nameof(SdpErrorKind.NothingInCommon))]
    public void X9_A_field_out_of_its_bounds_is_refused(string good, string bad, string kind)
    {
        Offers.Chromium.Should().Contain(good);
        Refusal(Offers.Chromium.Replace(good, bad, StringComparison.Ordinal)).Should().Be(kind);
    }

    [Fact]
    public void X9_Thousands_of_sections_are_refused()
        => Refusal(Offers.Chromium + string.Concat(Enumerable.Repeat("m=audio 9 X 0\r\n", 3_000))).Should().Be(nameof(SdpErrorKind.TooLarge));

    [Fact]
    public void X9_A_description_without_end_is_refused_unread()
        => Refusal(Offers.Chromium + new string('a', 1_000_000)).Should().Be(nameof(SdpErrorKind.TooLarge));

    [Fact]
    public void X9_Thousands_of_candidates_are_refused()
        => Refusal(Offers.Chromium + string.Concat(Enumerable.Repeat("a=candidate:1 1 udp 1 1.1.1.1 1 typ host\r\n", 300))).Should().Be(nameof(SdpErrorKind.TooLarge));

    [Theory]
    [InlineData("This is no session description.")]
    [InlineData("")]
    [InlineData("v=0\r\n")]
    public void What_is_no_description_is_a_media_failure(string text)
        => Offers.Side().Invoking(side => side.ReadOffer(text)).Should().Throw<MediaException>().Which.Failure.Should().Be(MediaFailure.BadDescription);

    [Fact]
    public void The_failure_repeats_nothing_of_the_description()
    {
        var act = () => Offers.Parsed(Offers.Chromium.Replace("a=setup:actpass", "a=setup:SECRET", StringComparison.Ordinal));
        act.Should().Throw<SdpException>().Which.Message.Should().NotContain("SECRET").And.Contain("line 15");
    }

    [Theory]
    [InlineData("m=video 9 ", "m=audio 9 ")]
    [InlineData("a=setup:active", "a=setup:actpass")]
    [InlineData("a=mid:1", "a=mid:7")]
    [InlineData("a=rtcp-mux", "a=other")]
    [InlineData("a=group:BUNDLE 0 1", "a=group:BUNDLE 0")]
    public void An_answer_that_does_not_fit_its_offer_is_refused_and_the_offer_still_waits(string good, string bad)
    {
        var (caller, callee) = (Offers.Side(), Offers.Side());
        var answer = callee.Answer(callee.ReadOffer(caller.CreateOffer(Offers.End)), Offers.OtherEnd);
        answer.Should().Contain(good);

        caller.Invoking(side => side.TakeAnswer(answer.Replace(good, bad, StringComparison.Ordinal))).Should().Throw<SdpException>();

        caller.HasPendingOffer.Should().BeTrue();
        caller.TakeAnswer(answer).Video.Should().NotBeNull();
    }

    [Fact]
    public void An_answer_without_an_offer_is_refused()
        => Offers.Side().Invoking(side => side.TakeAnswer(Offers.ChromiumAnswer)).Should().Throw<SdpException>().Which.Error.Kind.Should().Be(SdpErrorKind.WrongMoment);

    private static string? Refusal(string offer)
    {
        try
        {
            Offers.Side().ReadOffer(offer);
            return null;
        }
        catch (SdpException refused)
        {
            return refused.Error.Kind.ToString();
        }
    }
}
