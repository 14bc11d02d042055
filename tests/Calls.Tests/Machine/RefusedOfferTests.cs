using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class RefusedOfferTests
{
    [Fact]
    public void B9_a_peer_that_refuses_every_offer_is_asked_ever_more_seldom_and_the_user_is_told_once()
    {
        var run = Connected().Tell(new NegotiationReported(Id));
        List<double> waits = [];
        for (var round = 1; round <= 8; round++)
        {
            run.Tell(new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Reject, round));
            waits.Add(run.Timer(CallTimer.Negotiation).Due.TotalSeconds);
            run.Fire(CallTimer.Negotiation);
        }

        waits.Should().Equal(1, 2, 4, 8, 16, 32, 32, 32);
        run.Troubles.Should().ContainSingle().Which.Kind.Should().Be(CallErrorKind.Negotiation);
        run.State.State.Should().Be(CallState.Connected);
    }

    /// <summary>As a browser does: its offer was taken back, and what it wanted to agree on is still not agreed.</summary>
    [Fact]
    public void B9_an_engine_that_wants_a_round_while_a_refused_one_waits_waits_with_it()
    {
        var run = Refused();
        var orders = run.Orders.Count();
        run.Tell(new NegotiationReported(Id)).Orders.Should().HaveCount(orders);
        run.Timer(CallTimer.Negotiation).Due.Should().Be(Settings.NegotiationRetry);
        run.Fire(CallTimer.Negotiation).Orders.Skip(orders).Should().Equal(MediaOrder.CreateOffer);
    }

    [Fact]
    public void B9_a_peer_that_answers_again_is_not_made_to_wait()
    {
        var run = Refused().Fire(CallTimer.Negotiation).Tell(new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Answer, 2));
        run.Tell(new NegotiationReported(Id)).Orders.Last().Should().Be(MediaOrder.CreateOffer);
        run.Tell(new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Reject, 3));
        run.Timer(CallTimer.Negotiation).Due.Should().Be(Settings.NegotiationRetry);
    }

    [Fact]
    public void B9_a_peer_that_offers_itself_is_asked_as_soon_as_it_has_its_answer()
    {
        var run = Refused().Receive(Negotiate(NegotiateKind.Offer, 2));
        run.Tell(new AnswerCreated(Id, Sdp)).Orders.Last().Should().Be(MediaOrder.CreateOffer);
    }

    [Fact]
    public void B33_a_lost_connection_does_not_wait_for_what_was_refused()
        => Refused().Tell(new ConnectionChanged(Id, MediaConnectionState.Failed)).Orders.Last().Should().Be(MediaOrder.RestartIce);

    private static MachineRun Refused()
        => Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Reject, 1));
}
