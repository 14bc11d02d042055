using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Tests.Sdp;

public class AnswerTests
{
    public static TheoryData<string> Browsers => new("chromium", "firefox", "safari");

    [Theory]
    [MemberData(nameof(Browsers))]
    public void A_browsers_offer_is_answered_with_sound_and_pictures_on_one_transport(string browser)
    {
        var side = Offers.Side();
        var answer = Offers.Parsed(side.Answer(side.ReadOffer(Offer(browser)), Offers.End));

        answer.Bundle.Should().Equal("0", "1");
        answer.Sections.Select(section => section.KindName).Should().Equal("audio", "video");
        foreach (var section in answer.Sections)
        {
            section.IsRejected.Should().BeFalse();
            section.Direction.Should().Be(MediaDirection.SendReceive);
            section.MultiplexesRtcp.Should().BeTrue();
            section.Transport!.Setup.Should().Be(DtlsSetup.Active);
            section.Transport.Fingerprints.Should().Equal(Offers.Fingerprint);
            section.Stream!.StreamId.Should().NotBeNullOrEmpty();
            section.Stream.Ssrc.Should().NotBeNull();
        }

        answer.Sections[1].Stream!.RetransmissionSsrc.Should().NotBeNull();
    }

    [Theory]
    [InlineData("chromium", 111, 96, 97, 4, 3)]
    [InlineData("firefox", 109, 120, 124, 3, 7)]
    [InlineData("safari", 111, 100, 101, 4, 3)]
    public void What_is_agreed_has_the_numbers_of_the_offer(string browser, int opus, int vp8, int retransmission, int mid, int sequence)
    {
        var side = Offers.Side();
        side.Answer(side.ReadOffer(Offer(browser)), Offers.End);

        var (audio, video) = (side.Current!.Audio!, side.Current.Video!);
        audio.Codecs.Select(codec => codec.Name).Should().Equal("opus", "PCMU", "PCMA");
        audio.Codecs[0].SendPayloadType.Should().Be((byte)opus);
        audio.MidExtension.Should().Be((byte)mid);
        video.MidExtension.Should().Be((byte)mid);
        video.TransportSequenceExtension.Should().Be((byte)sequence);
        video.Codecs.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Name = "VP8",
            ClockRate = 90_000,
            SendPayloadType = (byte)vp8,
            ReceivePayloadType = (byte)vp8,
            SendRetransmissionType = (byte?)retransmission,
            ReceiveRetransmissionType = (byte?)retransmission,
            Nack = true,
            PictureLoss = true,
            FullIntra = true,
            TransportFeedback = true,
        });
        video.RemoteStream!.RetransmissionSsrc.Should().NotBeNull();
        side.Current.IsDtlsClient.Should().BeTrue();
        (side.Current.TransportMid, side.Current.TransportIndex).Should().Be(("0", 0));
    }

    [Fact]
    public void Without_libopus_sound_is_G711()
    {
        var side = Offers.Side(opus: false);
        var answer = side.Answer(side.ReadOffer(Offers.Chromium), Offers.End);

        answer.Should().NotContain("opus");
        side.Current!.Audio!.Codecs.Select(codec => (codec.Name, codec.SendPayloadType)).Should().Equal(("PCMU", 0), ("PCMA", 8));
    }

    [Fact]
    public void A_section_that_nobody_needs_is_refused_in_its_place()
    {
        const string data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:ss8F\r\n"
            + "a=ice-pwd:678j2nJzQ066rmwMkbBRkvR9\r\na=setup:actpass\r\na=mid:2\r\na=sctp-port:5000\r\n";
        var first = Offers.Chromium.IndexOf("m=audio", StringComparison.Ordinal);
        var offer = Offers.Chromium.Insert(first, data).Replace("BUNDLE 0 1", "BUNDLE 2 0 1", StringComparison.Ordinal);

        var side = Offers.Side();
        var answer = Offers.Parsed(side.Answer(side.ReadOffer(offer), Offers.End));

        answer.Sections.Select(section => (section.KindName, section.IsRejected)).Should().Equal(("application", true), ("audio", false), ("video", false));
        answer.Sections[0].Formats.Should().Equal("webrtc-datachannel");
        answer.Bundle.Should().Equal("0", "1");
        side.Current!.TransportIndex.Should().Be(1);
    }

    [Fact]
    public void Pictures_in_a_codec_that_is_not_spoken_are_refused_and_sound_goes_on()
    {
        var side = Offers.Side();
        var answer = Offers.Parsed(side.Answer(side.ReadOffer(Offers.Chromium.Replace("VP8/90000", "VP10/90000", StringComparison.Ordinal)), Offers.End));

        answer.Sections.Select(section => section.IsRejected).Should().Equal(false, true);
        answer.Bundle.Should().Equal("0");
        side.Current!.Video.Should().BeNull();
        side.Current.Audio.Should().NotBeNull();
    }

    [Theory]
    [InlineData("sendrecv", "sendrecv", true, true)]
    [InlineData("sendonly", "recvonly", false, true)]
    [InlineData("recvonly", "sendonly", true, false)]
    [InlineData("inactive", "inactive", false, false)]
    public void The_direction_is_the_offers_from_the_other_end(string offered, string answered, bool sends, bool receives)
    {
        var side = Offers.Side();
        var answer = side.Answer(side.ReadOffer(Offers.Chromium.Replace("a=sendrecv", $"a={offered}", StringComparison.Ordinal)), Offers.End);

        answer.Split("\r\n").Should().Contain($"a={answered}");
        (side.Current!.Video!.Sends, side.Current.Video.Receives).Should().Be((sends, receives));
    }

    [Theory]
    [InlineData("active", nameof(DtlsSetup.Passive), false)]
    [InlineData("passive", nameof(DtlsSetup.Active), true)]
    [InlineData("actpass", nameof(DtlsSetup.Active), true)]
    public void The_role_is_the_one_that_the_offer_leaves(string offered, string answered, bool client)
    {
        var side = Offers.Side();
        var answer = side.Answer(side.ReadOffer(Offers.Chromium.Replace("a=setup:actpass", $"a=setup:{offered}", StringComparison.Ordinal)), Offers.End);

        Offers.Parsed(answer).Sections[0].Transport!.Setup.ToString().Should().Be(answered);
        side.Current!.IsDtlsClient.Should().Be(client);
    }

    [Fact]
    public void Of_several_sections_of_a_kind_the_first_that_fits_is_taken()
    {
        var (begin, second) = (Offers.Chromium.IndexOf("m=audio", StringComparison.Ordinal), Offers.Chromium.IndexOf("m=video", StringComparison.Ordinal));
        var extra = Offers.Chromium[begin..second].Replace("a=mid:0", "a=mid:2", StringComparison.Ordinal);
        var offer = (Offers.Chromium + extra).Replace("BUNDLE 0 1", "BUNDLE 0 1 2", StringComparison.Ordinal);

        var side = Offers.Side();
        Offers.Parsed(side.Answer(side.ReadOffer(offer), Offers.End)).Sections.Select(section => section.IsRejected).Should().Equal(false, false, true);
    }

    private static string Offer(string browser) => browser switch
    {
        "firefox" => Offers.Firefox,
        "safari" => Offers.Safari,
        _ => Offers.Chromium,
    };
}
