using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Tests.Sdp;

public class OfferTests
{
    [Fact]
    public void Every_offer_has_one_audio_and_one_video_section()
    {
        var offer = Offers.Parsed(Offers.Side().CreateOffer(Offers.End));

        offer.Sections.Select(section => section.KindName).Should().Equal("audio", "video");
        offer.Bundle.Should().Equal("0", "1");
        offer.Sections.Should().OnlyContain(section => section.MultiplexesRtcp && section.Direction == MediaDirection.SendReceive);
        offer.Sections[0].Transport.Should().BeEquivalentTo(offer.Sections[1].Transport);
        offer.Sections[0].Transport!.Setup.Should().Be(DtlsSetup.ActPass);
    }

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        var offer = Offers.Parsed(Offers.Side().CreateOffer(Offers.End));
        Offers.Parsed(SdpWriter.Write(offer)).Should().BeEquivalentTo(offer);
    }

    [Fact]
    public void Two_engines_agree()
    {
        var (caller, callee) = (Offers.Side(), Offers.Side());
        var answer = callee.Answer(callee.ReadOffer(caller.CreateOffer(Offers.End)), Offers.OtherEnd);
        var agreed = caller.TakeAnswer(answer);

        (agreed.IsDtlsClient, callee.Current!.IsDtlsClient).Should().Be((false, true));
        agreed.Remote.Fingerprints.Should().Equal(Offers.OtherEnd.Fingerprint);
        callee.Current.Remote.IceUfrag.Should().Be(Offers.End.IceUfrag);
        agreed.Video!.Codecs.Should().BeEquivalentTo(callee.Current.Video!.Codecs);
        agreed.Video.RemoteStream!.Ssrc.Should().NotBe(callee.Current.Video.RemoteStream!.Ssrc);
        agreed.Audio!.Codecs[0].Name.Should().Be("opus");
    }

    [Fact]
    public void Chromiums_answer_is_taken()
    {
        var side = Offers.Side();
        side.CreateOffer(Offers.End);
        var agreed = side.TakeAnswer(ChromiumsAnswer());

        agreed.IsDtlsClient.Should().BeFalse();
        agreed.Audio!.Codecs.Select(codec => codec.Name).Should().Equal("opus", "PCMU", "PCMA");
        agreed.Video!.Codecs.Should().ContainSingle().Which.SendRetransmissionType.Should().Be(97);
        side.HasPendingOffer.Should().BeFalse();
    }

    [Fact]
    public void A_voice_only_peer_gets_a_voice_call()
    {
        var side = Offers.Side();
        side.CreateOffer(Offers.End);
        var answer = ChromiumsAnswer().Replace("m=video 9", "m=video 0", StringComparison.Ordinal).Replace("BUNDLE 0 1", "BUNDLE 0", StringComparison.Ordinal);
        var agreed = side.TakeAnswer(answer);

        agreed.Audio.Should().NotBeNull();
        agreed.Video.Should().BeNull();
    }

    // Our numbers, for Chromium's answer would have them.
    private static string ChromiumsAnswer()
    {
        var lines = Offers.ChromiumAnswer.Split("\r\n").Where(line => !line.StartsWith("a=extmap:", StringComparison.Ordinal));
        return string.Join("\r\n", lines).Replace("a=mid:", "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=mid:", StringComparison.Ordinal);
    }
}
