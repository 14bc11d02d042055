using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class ReplacedSessionTests
{
    private const MediaCapabilities Poor = MediaCapabilities.Video;
    private const MediaCapabilities NoRestart = MediaCapabilities.Video | MediaCapabilities.Renegotiation;

    private static readonly ConnectionChanged Lost = new(Id, MediaConnectionState.Failed);

    private static readonly ConnectionChanged LostForGood = Lost with { NeedsNewSession = true };

    private static NegotiateMessage FreshOffer => Negotiate(NegotiateKind.Offer) with { NewSession = true };

    [Theory]
    [InlineData(Poor)]
    [InlineData(NoRestart)]
    public void B37_without_ice_restart_the_callers_side_replaces_the_session_and_opens_no_device_again(MediaCapabilities capabilities)
    {
        var run = On(capabilities, Connected()).Tell(Lost);
        run.Orders.Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Tell(new LocalCandidates(Id, [new("early")]), new OfferCreated(Id, Sdp));
        run.Sent.OfType<NegotiateMessage>().Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, NewSession = true, Round = 1 });
        run.Sent.Last().Should().BeOfType<CandidatesMessage>("candidates of the new session follow its offer");
        run.Receive(Negotiate(NegotiateKind.Answer)).Tell(new ConnectionChanged(Id, MediaConnectionState.Connected));
        run.Orders.Last().Should().Be(MediaOrder.TakeAnswer);
        run.Call.Should().BeEquivalentTo(new { IsReconnecting = false, Negotiation = new Negotiation(NegotiationStage.None, 1, false, false) });
        run.Timers.Should().BeEmpty();
    }

    [Theory]
    [InlineData(Poor)]
    [InlineData(NoRestart | MediaCapabilities.IceRestart)]
    public void B37_an_offer_of_a_new_session_is_answered_by_a_new_session_whatever_the_engine_can(MediaCapabilities capabilities)
    {
        var run = On(capabilities, ConnectedCallee()).Receive(FreshOffer, Candidates(Id, "new"));
        run.Orders.Should().Equal(MediaOrder.Connect, MediaOrder.AnswerOffer);
        run.Added.Should().ContainSingle();
        run.Tell(new AnswerCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Single().Kind.Should().Be(NegotiateKind.Answer);
    }

    [Fact]
    public void B37_an_offer_that_the_engine_cannot_take_in_place_is_refused_and_asked_for_from_a_new_session()
        => On(Poor, ConnectedCallee()).Receive(Negotiate(NegotiateKind.Offer)).Sent.OfType<NegotiateMessage>().Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Kind = NegotiateKind.Reject, NewSession = true, Round = 1 });

    [Fact]
    public void B37_an_ice_restart_that_the_engine_cannot_take_is_asked_for_from_a_new_session()
    {
        var calm = On(NoRestart, ConnectedCallee()).Receive(Negotiate(NegotiateKind.Offer));
        calm.Orders.Should().Equal([MediaOrder.AnswerOffer], "a plain round is taken in place");
        On(NoRestart, ConnectedCallee()).Tell(Lost).Receive(Negotiate(NegotiateKind.Offer))
            .Sent.OfType<NegotiateMessage>().Single().NewSession.Should().BeTrue();
    }

    [Fact]
    public void B37_a_full_engine_that_is_asked_for_a_new_session_offers_from_one_at_once()
    {
        var run = Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp));
        run.Receive(Negotiate(NegotiateKind.Reject) with { NewSession = true });
        run.Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Tell(new OfferCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last().Should().BeEquivalentTo(new { NewSession = true, Round = 2 });
    }

    [Fact]
    public void B37_two_poor_engines_that_offer_at_once_agree_on_the_callers_session()
    {
        var callee = On(Poor, ConnectedCallee()).Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(FreshOffer);
        callee.Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.AnswerOffer);
        callee.Tell(new AnswerCreated(Id, Sdp)).Call.Negotiation.Should().BeEquivalentTo(new { Stage = NegotiationStage.Offering, Fresh = true });
        On(Poor, Connected()).Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(FreshOffer).Last.Kind.Should().Be(StepKind.Ignored);
    }

    [Fact]
    public void B37_a_new_session_that_nobody_answers_is_mended_until_reconnecting_is_given_up()
    {
        var run = On(Poor, Connected()).Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Fire(CallTimer.Negotiation);
        run.Call.IsReconnecting.Should().BeTrue();
        run.Fire(CallTimer.Negotiation).Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Fire(CallTimer.Reconnect).Ends.Single().Reason.Should().Be(CallEndReason.ConnectionLost);
    }

    [Fact]
    public void B37_a_new_session_that_cannot_be_made_is_tried_again_a_little_later()
    {
        var run = On(Poor, Connected()).Tell(Lost, new MediaFailed(Id, MediaOrder.Connect, new MediaException("no")));
        run.Timer(CallTimer.Negotiation).Due.Should().Be(Settings.NegotiationRetry);
        run.Fire(CallTimer.Negotiation).Orders.Should()
            .Equal(MediaOrder.Connect, MediaOrder.CreateOffer, MediaOrder.Connect, MediaOrder.CreateOffer);
    }

    [Fact]
    public void B37_a_new_session_that_is_refused_is_tried_again_until_reconnecting_is_given_up()
    {
        var run = On(Poor, Connected()).Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Reject));
        run.Call.IsReconnecting.Should().BeTrue();
        run.Fire(CallTimer.Negotiation).Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Fire(CallTimer.Reconnect).Ends.Single().Reason.Should().Be(CallEndReason.ConnectionLost);
    }

    [Fact]
    public void B34_B37_a_new_session_that_never_connects_because_the_peer_has_gone_meanwhile_is_waited_for_like_any_other_silence()
    {
        var run = ConnectedCallee().Receive(FreshOffer).Tell(new AnswerCreated(Id, Sdp));
        run.Timers.Should().Equal(CallTimer.Silence);
        run.Fire(CallTimer.Silence).Call.IsReconnecting.Should().BeTrue();
        run.Fire(CallTimer.Reconnect).Ends.Single().Reason.Should().Be(CallEndReason.ConnectionLost);
        On(Poor, Connected()).Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Answer)).Timers.Should().Equal(CallTimer.Silence);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void B37_a_session_beyond_any_ice_restart_is_replaced_by_its_own_side_whoever_called(bool isCaller, bool afterRestart)
    {
        var run = isCaller ? Connected() : ConnectedCallee();
        if (afterRestart)
        {
            run.Tell(Lost);
            run = isCaller
                ? run.Tell(new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Answer))
                : run.Receive(Negotiate(NegotiateKind.Offer)).Tell(new AnswerCreated(Id, Sdp));
        }

        var round = afterRestart ? 2 : 1;
        run.Tell(LostForGood).Call.Should().BeEquivalentTo(new { IsReconnecting = true, NeedsNewSession = false });
        run.Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Tell(new OfferCreated(Id, Sdp)).Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, NewSession = true, Round = round });
        run.Timers.Should().BeEquivalentTo([CallTimer.Reconnect, CallTimer.Negotiation], "for thirty seconds from the first loss");
        run.Effects.Count(effect => effect.Kind == CallEffectKind.SetTimer && effect.Timer == CallTimer.Reconnect).Should().Be(1);
        run.Receive(Negotiate(NegotiateKind.Answer, round)).Tell(new ConnectionChanged(Id, MediaConnectionState.Connected));
        run.Call.Should().BeEquivalentTo(new { IsReconnecting = false, Negotiation = new Negotiation(NegotiationStage.None, round, false, false) });
        run.Timers.Should().BeEmpty();
    }

    [Fact]
    public void B37_a_session_that_is_lost_for_good_again_because_the_network_is_not_back_is_replaced_again_and_only_until_reconnecting_is_given_up()
    {
        var run = ConnectedCallee().Tell(LostForGood, new OfferCreated(Id, Sdp));
        run.Tell(LostForGood).Last.Kind.Should().Be(StepKind.Ignored, "what the old one still says is old");
        var orders = run.Receive(Negotiate(NegotiateKind.Answer)).Orders.Count();
        run.Tell(LostForGood).Orders.Skip(orders).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Fire(CallTimer.Reconnect).Ends.Single().Reason.Should().Be(CallEndReason.ConnectionLost);
    }

    [Fact]
    public void B37_an_ice_restart_under_way_is_ended_before_the_session_that_it_cannot_mend_is_replaced()
    {
        var asked = Connected().Tell(Lost, new OfferCreated(Id, Sdp), LostForGood);
        asked.Orders.Last().Should().Be(MediaOrder.RestartIce, "one round at a time");
        asked.Receive(Negotiate(NegotiateKind.Answer)).Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);

        var answering = ConnectedCallee().Tell(Lost).Receive(Negotiate(NegotiateKind.Offer)).Tell(LostForGood, new AnswerCreated(Id, Sdp));
        answering.Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);

        var unanswered = ConnectedCallee().Tell(Lost).Receive(Negotiate(NegotiateKind.Offer)).Tell(LostForGood).Fire(CallTimer.Negotiation);
        unanswered.Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
    }

    [Fact]
    public void B35_B37_where_the_caller_restarts_ice_while_the_callee_replaces_its_session_both_agree_on_a_new_one()
    {
        var caller = Connected().Tell(Lost, new OfferCreated(Id, Sdp));
        var callee = ConnectedCallee().Tell(LostForGood, new OfferCreated(Id, Sdp));
        var (restart, fresh) = (caller.Sent.OfType<NegotiateMessage>().Single(), callee.Sent.OfType<NegotiateMessage>().Single());
        caller.Receive(fresh).Last.Kind.Should().Be(StepKind.Ignored, "the callee gives way");
        var refusal = callee.Receive(restart).Sent.OfType<NegotiateMessage>().Last();
        refusal.Should().BeEquivalentTo(new { Kind = NegotiateKind.Reject, NewSession = true, restart.Round });

        caller.Receive(refusal).Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        callee.Receive(caller.Tell(new OfferCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last());
        callee.Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.AnswerOffer);
        caller.Receive(callee.Tell(new AnswerCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last());
        callee.Call.NeedsNewSession.Should().BeFalse();
    }

    [Fact]
    public void B35_B37_where_both_replace_their_session_at_once_the_callers_is_answered()
    {
        var caller = Connected().Tell(LostForGood, new OfferCreated(Id, Sdp));
        var callee = ConnectedCallee().Tell(LostForGood, new OfferCreated(Id, Sdp));
        caller.Receive(callee.Sent.OfType<NegotiateMessage>().Single()).Last.Kind.Should().Be(StepKind.Ignored);
        callee.Receive(caller.Sent.OfType<NegotiateMessage>().Single()).Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.AnswerOffer);
        caller.Receive(callee.Tell(new AnswerCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last()).Orders.Last().Should().Be(MediaOrder.TakeAnswer);
    }

    [Fact]
    public void B37_a_session_lost_for_good_in_a_call_that_the_server_has_forgotten_is_waited_for_no_longer_than_any_other()
    {
        var run = Connected().Tell(new ErrorReceived(new ErrorMessage { CallId = Id, Code = ErrorCodes.NotAllowed }), LostForGood);
        run.Orders.Should().NotContain(MediaOrder.RestartIce);
        run.Timers.Should().Equal(CallTimer.Reconnect);
        run.Timer(CallTimer.Reconnect).Due.Should().Be(Settings.ForgottenTimeout);
    }

    [Fact]
    public void B9_an_engine_that_cannot_take_its_own_offer_back_goes_on_with_a_new_session()
    {
        var run = Connected().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Reject));
        run.Tell(new MediaFailed(Id, MediaOrder.Rollback, new MediaException(MediaFailure.BadDescription, "no"))).Fire(CallTimer.Negotiation);
        run.Orders.TakeLast(2).Should().Equal(MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Tell(new OfferCreated(Id, Sdp)).Sent.OfType<NegotiateMessage>().Last().Should().BeEquivalentTo(new { NewSession = true, Round = 2 });

        var crossed = ConnectedCallee().Tell(new NegotiationReported(Id), new OfferCreated(Id, Sdp)).Receive(Negotiate(NegotiateKind.Offer));
        crossed.Tell(new MediaFailed(Id, MediaOrder.Rollback, new MediaException(MediaFailure.BadDescription, "no")));
        crossed.Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Reject, Round = 1 });
        crossed.Tell(new MediaFailed(Id, MediaOrder.AnswerOffer, new MediaException(MediaFailure.BadDescription, "no")));
        crossed.Fire(CallTimer.Negotiation).Tell(new OfferCreated(Id, Sdp))
            .Sent.OfType<NegotiateMessage>().Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Offer, NewSession = true });
    }
}
