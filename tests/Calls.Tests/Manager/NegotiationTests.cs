using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

/// <summary>What is agreed anew inside a running call: a picture that is added, a connection that is mended.</summary>
public class NegotiationTests
{
    [Fact]
    public async Task B9_a_picture_that_the_peer_refuses_is_offered_again_and_the_call_goes_on_meanwhile()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync();
        await fixture.Manager.ToggleVideoAsync();
        fixture.Session.Raise(new NegotiationNeeded());
        (await fixture.Channel.NextAsync<NegotiateMessage>()).Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, Round = 1 });

        fixture.Channel.Receive(new NegotiateMessage { CallId = id, Kind = NegotiateKind.Reject, Round = 1, Seq = 2 });
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Contains("rollback"));
        await fixture.SettleAsync();
        fixture.Manager.Current.Should().BeEquivalentTo(new { State = CallState.Connected, LocalVideo = VideoSource.Camera, IsReconnecting = false });

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        (await fixture.Channel.NextAsync<NegotiateMessage>()).Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, Round = 2 });
        fixture.Channel.Receive(new NegotiateMessage { CallId = id, Kind = NegotiateKind.Answer, Round = 2, Sdp = "second-answer", Seq = 3 });
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Contains("take second-answer"));
        fixture.Manager.Current.State.Should().Be(CallState.Connected);
    }

    [Fact]
    public async Task B9_a_negotiation_that_fails_is_trouble_and_the_call_goes_on()
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        fixture.Media.OfferFailure = new MediaException(MediaFailure.BadDescription, "no");
        await fixture.Manager.ToggleVideoAsync();
        fixture.Session.Raise(new NegotiationNeeded());
        await ManagerFixture.Eventually(() => fixture.Errors.Count == 1);
        fixture.Errors[0].Should().BeEquivalentTo(new { Kind = CallErrorKind.Negotiation, Error = fixture.Media.OfferFailure });

        fixture.Media.OfferFailure = null;
        fixture.Session.Raise(new NegotiationNeeded());
        (await fixture.Channel.NextAsync<NegotiateMessage>()).Kind.Should().Be(NegotiateKind.Offer, "the next wish is tried as any other");
        fixture.Manager.Current.State.Should().Be(CallState.Connected);
    }

    [Fact]
    public async Task B9_a_picture_of_the_peer_that_the_engine_does_not_take_is_refused_and_the_call_goes_on()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync();
        fixture.Media.AnswerFailure = new MediaException(MediaFailure.BadDescription, "no");
        fixture.Channel.Receive(new NegotiateMessage { CallId = id, Kind = NegotiateKind.Offer, Round = 1, Sdp = "with-picture", Seq = 2 });
        (await fixture.Channel.NextAsync<NegotiateMessage>()).Should().BeEquivalentTo(new { Kind = NegotiateKind.Reject, Round = 1 });
        fixture.Manager.Current.State.Should().Be(CallState.Connected);
    }

    [Fact]
    public async Task B35_what_the_closed_connection_reports_after_it_was_replaced_reaches_nobody()
    {
        await using var fixture = new ManagerFixture(prepareMedia: media => media.Capabilities = MediaCapabilities.Video);
        var id = await fixture.ConnectOutgoingAsync();
        var old = fixture.Session;
        old.RaiseState(MediaConnectionState.Failed);
        (await fixture.Channel.NextAsync<NegotiateMessage>()).NewSession.Should().BeTrue();

        old.Raise(new LocalCandidatesGathered([new("old")]));
        old.RaiseState(MediaConnectionState.Closed);
        fixture.Session.Raise(new LocalCandidatesGathered([new("new")]));
        var sent = await fixture.Channel.NextAsync<CandidatesMessage>();
        sent.Candidates.Should().Equal(new IceCandidate("new"));
        fixture.Manager.Current.Should().BeEquivalentTo(new { State = CallState.Connected, IsReconnecting = true, CallId = id });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B44_every_connection_of_a_call_is_asked_for_with_the_relay_policy_of_the_app(bool relayOnly)
    {
        await using var fixture = new ManagerFixture(
            new CallOptions { RelayOnly = relayOnly, IceServers = { new IceServer { Urls = ["turn:127.0.0.1"] } } },
            prepareMedia: media => media.Capabilities = MediaCapabilities.Video);
        await fixture.ConnectOutgoingAsync();
        fixture.Session.RaiseState(MediaConnectionState.Failed);
        await fixture.Channel.NextAsync<NegotiateMessage>();
        fixture.Media.Asked.Should().HaveCount(2).And.OnlyContain(options => options.RelayOnly == relayOnly && options.IceServers.Count == 1);
    }
}
