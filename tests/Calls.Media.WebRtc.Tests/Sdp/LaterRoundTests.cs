using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Tests.Sdp;

public class LaterRoundTests
{
    private readonly SdpNegotiation _caller = Offers.Side();
    private readonly SdpNegotiation _callee = Offers.Side();

    public LaterRoundTests() => Agree(_caller, Offers.End, _callee, Offers.OtherEnd);

    [Fact]
    public void Either_side_offers_again_with_the_same_sections_and_numbers()
    {
        var first = _callee.Current!;
        Agree(_callee, Offers.OtherEnd, _caller, Offers.End);
        _callee.Current!.Video!.Codecs.Should().BeEquivalentTo(first.Video!.Codecs);
        _callee.Current.Video.Mid.Should().Be(first.Video.Mid);
        _callee.Current.IsIceRestart.Should().BeFalse();
        (_callee.Current.IsDtlsClient, _caller.Current!.IsDtlsClient).Should().Be((true, false));
    }

    [Fact]
    public void A_browsers_numbers_are_kept_in_our_own_offer()
    {
        var side = Offers.Side();
        side.Answer(side.ReadOffer(Offers.Firefox), Offers.End);
        var offer = Offers.Parsed(side.CreateOffer(Offers.End));

        offer.Sections.Select(section => section.Codecs[0].PayloadType).Should().Equal(109, 120);
        offer.Sections[1].Extensions.Select(extension => extension.Id).Should().Equal(3, 7);
    }

    [Fact]
    public void New_credentials_are_an_ICE_restart()
    {
        var restarted = Offers.End with { IceUfrag = "newu", IcePwd = "newpasswordnewpasswordnew" };
        var offer = _callee.ReadOffer(_caller.CreateOffer(restarted));
        offer.IsIceRestart.Should().BeTrue();
        _caller.TakeAnswer(_callee.Answer(offer, Offers.OtherEnd with { IceUfrag = "also" })).IsIceRestart.Should().BeTrue();
        _callee.Current!.Remote.IceUfrag.Should().Be("newu");
        _callee.Current.IsIceRestart.Should().BeTrue();
    }

    [Fact]
    public void An_answer_begins_no_ICE_generation_by_itself()
    {
        var answer = _callee.Answer(_callee.ReadOffer(_caller.CreateOffer(Offers.End)), Offers.OtherEnd with { IceUfrag = "also" });
        _caller.Invoking(side => side.TakeAnswer(answer)).Should().Throw<SdpException>().Which.Error.Kind.Should().Be(SdpErrorKind.NotAnAnswerToTheOffer);
        _caller.Current!.Remote.IceUfrag.Should().Be(Offers.OtherEnd.IceUfrag);
        _caller.HasPendingOffer.Should().BeTrue();
    }

    [Fact]
    public void An_offer_that_is_taken_back_leaves_no_trace()
    {
        _caller.CreateOffer(Offers.End);
        _caller.Invoking(side => side.ReadOffer(_callee.CreateOffer(Offers.OtherEnd))).Should().Throw<SdpException>().Which.Error.Kind.Should().Be(SdpErrorKind.WrongMoment);
        _caller.Rollback();
        Agree(_callee, Offers.OtherEnd, _caller, Offers.End);
        _caller.Current!.Video.Should().NotBeNull();
    }

    [Fact]
    public void X9_Another_certificate_in_the_middle_of_a_session_is_refused()
    {
        var stranger = Offers.End with { Fingerprint = Offers.OtherEnd.Fingerprint };
        _callee.Invoking(side => side.ReadOffer(_caller.CreateOffer(stranger))).Should().Throw<SdpException>()
            .Which.Error.Kind.Should().Be(SdpErrorKind.FingerprintChanged);
        _callee.Current!.Remote.Fingerprints.Should().Equal(Offers.End.Fingerprint);
    }

    [Fact]
    public void Pictures_join_a_call_that_began_without_a_section_for_them()
    {
        var cut = Offers.Chromium.IndexOf("m=video", StringComparison.Ordinal);
        // The browser numbered its sound as we number pictures: a number has one meaning in a bundle.
        var voice = Offers.Chromium[..cut].Replace("BUNDLE 0 1", "BUNDLE 0", StringComparison.Ordinal).Replace("111", "96", StringComparison.Ordinal);
        var side = Offers.Side();
        side.Answer(side.ReadOffer(voice), Offers.End);
        side.Current!.Video.Should().BeNull();

        var offer = Offers.Parsed(side.CreateOffer(Offers.End));

        offer.Sections.Select(section => (section.KindName, section.Mid)).Should().Equal(("audio", "0"), ("video", "1"));
        offer.Sections.SelectMany(section => section.Codecs).Select(codec => codec.PayloadType).Should().OnlyHaveUniqueItems();
        offer.Sections[1].Extensions.Should().Contain(new RtpExtensionMap(4, RtpExtensionMap.Mid));
    }

    [Fact]
    public void A_refused_section_is_offered_again_in_its_place_under_a_new_name()
    {
        var side = Offers.Side();
        side.Answer(side.ReadOffer(Offers.Chromium.Replace("VP8/90000", "VP10/90000", StringComparison.Ordinal)), Offers.End);
        var offer = Offers.Parsed(side.CreateOffer(Offers.End));
        offer.Sections.Select(section => (section.KindName, section.Mid, section.IsRejected)).Should().Equal(("audio", "0", false), ("video", "2", false));
    }

    [Fact]
    public void An_offer_that_forgets_a_section_is_refused()
    {
        var cut = Offers.Chromium.IndexOf("m=video", StringComparison.Ordinal);
        var side = Offers.Side();
        side.Answer(side.ReadOffer(Offers.Chromium), Offers.End);
        side.Invoking(one => one.ReadOffer(Offers.Chromium[..cut])).Should().Throw<SdpException>();
    }

    private static void Agree(SdpNegotiation offerer, LocalEnd offererEnd, SdpNegotiation answerer, LocalEnd answererEnd)
        => offerer.TakeAnswer(answerer.Answer(answerer.ReadOffer(offerer.CreateOffer(offererEnd)), answererEnd));
}
