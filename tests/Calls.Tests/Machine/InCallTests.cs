using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class InCallTests
{
    private static ConnectionChanged Connection(MediaConnectionState state) => new(Id, state);

    [Fact]
    public void B32_a_short_silence_changes_nothing_that_anybody_sees()
    {
        var run = Connected().Tell(Connection(MediaConnectionState.Disconnected));
        run.Timer(CallTimer.Silence).Due.Should().Be(TimeSpan.FromSeconds(2));
        run.Tell(Connection(MediaConnectionState.Connected));
        run.Timers.Should().BeEmpty();
        run.Call.IsReconnecting.Should().BeFalse();
    }

    [Fact]
    public void B33_a_longer_silence_is_reconnecting_and_the_callers_side_alone_restarts_ice()
    {
        var caller = Connected().Tell(Connection(MediaConnectionState.Disconnected)).Fire(CallTimer.Silence);
        caller.State.State.Should().Be(CallState.Connected);
        caller.Call.IsReconnecting.Should().BeTrue();
        caller.Orders.Last().Should().Be(MediaOrder.RestartIce);
        caller.Tell(new OfferCreated(Id, Sdp)).Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, Round = 1 });
        caller.Receive(Negotiate(NegotiateKind.Answer)).Tell(Connection(MediaConnectionState.Connected));
        caller.Call.IsReconnecting.Should().BeFalse();
        caller.Timers.Should().BeEmpty();

        var callee = ConnectedCallee();
        var orders = callee.Orders.Count();
        callee.Tell(Connection(MediaConnectionState.Failed));
        callee.Call.IsReconnecting.Should().BeTrue();
        callee.Orders.Should().HaveCount(orders);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void B33_a_restart_that_fails_because_the_network_is_not_back_yet_is_made_again_by_whoever_sees_it(bool isCaller)
    {
        var run = (isCaller ? Connected() : ConnectedCallee()).Tell(Connection(MediaConnectionState.Failed));
        run = isCaller
            ? run.Tell(new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Answer))
            : run.Receive(Negotiate(NegotiateKind.Offer)).Tell(new AnswerCreated(Id, Sdp));
        run.Tell(Connection(MediaConnectionState.Failed)).Orders.Last().Should().Be(MediaOrder.RestartIce);
        run.Tell(new OfferCreated(Id, Sdp)).Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, Round = 2 });

        var orders = run.Orders.Count();
        run.Tell(Connection(MediaConnectionState.Failed)).Orders.Should().HaveCount(orders, "one round is under way");
        run.Timers.Should().Contain(CallTimer.Reconnect, "for so long and no longer");
    }

    [Fact]
    public void B33_B38_a_restart_that_is_not_answered_in_time_because_signaling_was_away_too_is_offered_again()
    {
        var run = Connected().Tell(Connection(MediaConnectionState.Failed), new OfferCreated(Id, Sdp)).Fire(CallTimer.Negotiation);
        run.Orders.TakeLast(2).Should().Equal(MediaOrder.Rollback, MediaOrder.RestartIce);
        run.Timers.Should().BeEquivalentTo([CallTimer.Reconnect, CallTimer.Negotiation]);
        run.Tell(new OfferCreated(Id, Sdp)).Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, Round = 2 });
    }

    [Fact]
    public void B35_where_both_mend_at_once_the_callee_gives_way_and_both_come_back()
    {
        var caller = Connected().Tell(Connection(MediaConnectionState.Failed), new OfferCreated(Id, Sdp));
        var callee = ConnectedCallee().Tell(Connection(MediaConnectionState.Failed), new NegotiationReported(Id), new OfferCreated(Id, Sdp));
        var (fromCaller, fromCallee) = (caller.Sent.OfType<NegotiateMessage>().Single(), callee.Sent.OfType<NegotiateMessage>().Single());
        caller.Receive(fromCallee).Last.Kind.Should().Be(StepKind.Ignored);
        callee.Receive(fromCaller).Orders.TakeLast(2).Should().Equal(MediaOrder.Rollback, MediaOrder.AnswerOffer);

        caller.Receive(callee.Tell(new AnswerCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last());
        caller.Receive(callee.Tell(new OfferCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last());
        callee.Receive(caller.Tell(new AnswerCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last());
        foreach (var run in new[] { caller, callee })
        {
            run.Tell(Connection(MediaConnectionState.Connected)).Call.Should().BeEquivalentTo(
                new { IsReconnecting = false, Negotiation = new { Stage = NegotiationStage.None, Again = false, Restart = false } });
            run.Timers.Should().BeEmpty();
        }
    }

    [Fact]
    public void B35_candidates_of_a_session_that_gives_way_to_a_new_one_are_dropped()
    {
        var callee = ConnectedCallee().Tell(new NegotiationReported(Id), new LocalCandidates(Id, [new("old")]));
        callee.Receive(Negotiate(NegotiateKind.Offer) with { NewSession = true }).Tell(new LocalCandidates(Id, [new("new")]), new AnswerCreated(Id, Sdp));
        callee.Sent.OfType<CandidatesMessage>().SelectMany(message => message.Candidates).Should().Equal(new IceCandidate("new"));
    }

    [Fact]
    public void B34_no_way_back_in_thirty_seconds_fails_with_connection_lost()
    {
        var run = Connected().Tell(Connection(MediaConnectionState.Failed));
        run.Timer(CallTimer.Reconnect).Due.Should().Be(TimeSpan.FromSeconds(30));
        run.Fire(CallTimer.Reconnect).Ends.Single().Reason.Should().Be(CallEndReason.ConnectionLost);
        run.State.State.Should().Be(CallState.Failed);
    }

    [Fact]
    public void A_connection_that_cannot_be_made_fails_at_once_and_tells_the_other_side()
    {
        var run = ConnectingCallee().Tell(Connection(MediaConnectionState.Failed));
        run.Ends.Single().Reason.Should().Be(CallEndReason.ConnectFailed);
        run.Sent.Last().Should().BeOfType<EndMessage>();
    }

    [Fact]
    public void One_negotiation_at_a_time_and_the_next_follows_the_first()
    {
        var run = Connected().Tell(new NegotiationReported(Id), new NegotiationReported(Id), new NegotiationReported(Id));
        run.Orders.Count(order => order == MediaOrder.CreateOffer).Should().Be(2, "one for the call, one for the negotiation");
        run.Tell(new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Answer, 1));
        run.Orders.TakeLast(2).Should().Equal(MediaOrder.TakeAnswer, MediaOrder.CreateOffer);
        run.Tell(new OfferCreated(Id, Sdp)).Sent.Last().Should().BeEquivalentTo(new { Round = 2 });
        run.Receive(Negotiate(NegotiateKind.Answer, 2)).Timers.Should().BeEmpty();
    }

    [Fact]
    public void A_negotiation_wanted_before_connected_waits_until_then()
    {
        var run = ConnectingCaller().Tell(new NegotiationReported(Id));
        var orders = run.Orders.Count();
        run.Tell(Connection(MediaConnectionState.Connected)).Orders.Skip(orders).Should().Equal(MediaOrder.CreateOffer);
    }

    [Fact]
    public void An_offer_of_the_peer_is_answered_with_its_round()
    {
        var run = Connected().Receive(Negotiate(NegotiateKind.Offer, 5));
        run.Orders.Last().Should().Be(MediaOrder.AnswerOffer);
        run.Tell(new AnswerCreated(Id, Sdp)).Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Answer, Round = 5 });
        run.Timers.Should().BeEmpty();
    }

    [Fact]
    public void Where_both_offer_at_once_the_callee_gives_way_and_offers_again()
    {
        var caller = Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Offer, 1));
        caller.Last.Kind.Should().Be(StepKind.Ignored);

        var callee = ConnectedCallee().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Offer, 1));
        callee.Orders.TakeLast(2).Should().Equal(MediaOrder.Rollback, MediaOrder.AnswerOffer);
        callee.Tell(new AnswerCreated(Id, Sdp)).Orders.Last().Should().Be(MediaOrder.CreateOffer);
        callee.Tell(new OfferCreated(Id, Sdp)).Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, Round = 2 });
    }

    [Fact]
    public void An_answer_of_an_old_round_is_ignored()
        => Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Answer, 9))
            .Last.Kind.Should().Be(StepKind.Ignored);

    [Fact]
    public void A_refused_offer_is_taken_back_and_made_again_a_little_later()
    {
        var run = Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Reject, 1));
        run.Orders.Last().Should().Be(MediaOrder.Rollback);
        run.Timer(CallTimer.Negotiation).Due.Should().Be(Settings.NegotiationRetry);
        run.Fire(CallTimer.Negotiation).Orders.Last().Should().Be(MediaOrder.CreateOffer);
    }

    [Fact]
    public void A_peer_that_never_answers_a_negotiation_costs_a_trouble_and_not_the_call()
    {
        var run = Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Fire(CallTimer.Negotiation);
        run.State.State.Should().Be(CallState.Connected);
        run.Orders.Last().Should().Be(MediaOrder.Rollback);
        run.Troubles.Should().ContainSingle().Which.Kind.Should().Be(CallErrorKind.Negotiation);
        run.Call.Negotiation.Should().Be(new Negotiation(NegotiationStage.None, 1, false, false));
    }

    [Fact]
    public void An_offer_that_the_engine_does_not_take_is_refused_to_the_peer_and_the_call_goes_on()
    {
        var run = Connected().Receive(Negotiate(NegotiateKind.Offer, 3))
            .Tell(new MediaFailed(Id, MediaOrder.AnswerOffer, new MediaException(MediaFailure.BadDescription, "no")));
        run.State.State.Should().Be(CallState.Connected);
        run.Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Reject, Round = 3 });
    }

    [Fact]
    public void A_lost_engine_ends_the_call()
        => Connected().Tell(new MediaFailed(Id, MediaOrder.SetDevices, new MediaException(MediaFailure.EngineLost, "page closed")))
            .Ends.Single().Reason.Should().Be(CallEndReason.MediaFailed);

    [Fact]
    public void An_offer_that_the_server_refuses_fails_the_call_but_a_refused_candidate_does_not()
    {
        Outgoing().Tell(Refused(ErrorCodes.TooManyCalls)).Ends.Single().Should().BeEquivalentTo(
            new { Reason = CallEndReason.SignalingFailed, By = CallEndedBy.Server });
        Outgoing().Tell(Refused(ErrorCodes.TooManyCandidates)).State.State.Should().Be(CallState.Outgoing);
        Connected().Tell(Refused(ErrorCodes.RateLimited)).Troubles.Should().ContainSingle();
    }

    [Fact]
    public void Signaling_that_is_closed_for_good_fails_an_offer_that_was_not_delivered_and_no_other_call()
    {
        Opening().Tell(new SignalingClosed(null)).Ends.Single().Reason.Should().Be(CallEndReason.SignalingFailed);
        Outgoing().Tell(new SignalingClosed(null)).State.State.Should().Be(CallState.Outgoing);
        Connected().Tell(new SignalingClosed(null)).State.State.Should().Be(CallState.Connected);
    }

    [Fact]
    public void A_ring_that_the_server_no_longer_knows_after_a_reconnect_stops()
    {
        WelcomeReceived Welcome(params CallProgress[] calls) => new(new() { UserId = "alice", DeviceId = "d1", Calls = calls });
        Ringing().Tell(Welcome()).Ends.Single().Reason.Should().Be(CallEndReason.NoAnswer);
        Ringing().Tell(Welcome(new CallProgress(Id, 1))).State.State.Should().Be(CallState.IncomingRinging);
    }

    private static ErrorReceived Refused(string code) => new(new ErrorMessage { CallId = Id, Code = code });
}
