using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class PlainCourseTests
{
    [Fact]
    public void B1_outgoing_answered_goes_through_the_states_in_the_order_of_S1()
    {
        var run = Opening(video: true);
        run.Orders.Should().Equal(MediaOrder.Open);
        run.Sent.Should().BeEmpty();

        run.Tell(new MediaOpened(Id, false, VideoSource.Camera));
        run.Orders.Should().Equal(MediaOrder.Open, MediaOrder.Connect, MediaOrder.CreateOffer);

        run.Tell(new LocalCandidates(Id, [new("early")]));
        run.Sent.Should().BeEmpty("candidates never precede the offer");

        run.Tell(new OfferCreated(Id, Sdp), new LocalCandidates(Id, [new("late")]));
        run.Sent.Select(message => message.GetType().Name).Should().Equal(
            nameof(InitiateMessage), nameof(CandidatesMessage), nameof(CandidatesMessage));

        run.Receive(Answer());
        run.Orders.Should().EndWith(MediaOrder.TakeAnswer);
        run.Tell(new ConnectionChanged(Id, MediaConnectionState.Connected));

        run.Passed.Should().Equal(CallState.Idle, CallState.Outgoing, CallState.Connecting, CallState.Connected);
        run.Orders.Count(order => order == MediaOrder.Open).Should().Be(1, "media opens once");
        run.Timers.Should().BeEmpty();
    }

    [Fact]
    public void B2_incoming_accepted_opens_nothing_before_accept_and_goes_in_the_order_of_S2()
    {
        var run = Ringing(video: true);
        run.Sent.Should().ContainSingle().Which.Should().BeOfType<RingingMessage>();
        run.Orders.Should().BeEmpty();

        run.Tell(new AcceptCommand(true));
        run.Orders.Should().Equal(MediaOrder.Open);
        run.Tell(new MediaOpened(Id, false, VideoSource.Camera));
        run.Orders.Should().Equal(MediaOrder.Open, MediaOrder.Connect, MediaOrder.AnswerOffer);
        run.Tell(new LocalCandidates(Id, [new("early")]), new AnswerCreated(Id, Sdp), new ConnectionChanged(Id, MediaConnectionState.Connected));

        run.Sent.Select(message => message.GetType().Name).Should().Equal(
            nameof(RingingMessage), nameof(AnswerMessage), nameof(CandidatesMessage));
        run.Passed.Should().Equal(CallState.Idle, CallState.IncomingRinging, CallState.Connecting, CallState.Connected);
        run.Timers.Should().BeEmpty();
    }

    [Theory]
    [InlineData(CallState.Outgoing, CallEndReason.Cancelled, typeof(EndMessage), EndReasons.Cancelled)]
    [InlineData(CallState.IncomingRinging, CallEndReason.Declined, typeof(RejectMessage), RejectReasons.Declined)]
    [InlineData(CallState.Connecting, CallEndReason.HungUp, typeof(EndMessage), EndReasons.Hangup)]
    [InlineData(CallState.Connected, CallEndReason.HungUp, typeof(EndMessage), EndReasons.Hangup)]
    public void B3_hang_up_here_ends_once_and_tells_the_other_side(CallState state, CallEndReason reason, Type message, string wireReason)
    {
        var run = In(state).Tell(new EndCommand(), new EndCommand());
        run.State.State.Should().Be(CallState.Ended);
        run.Ends.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Reason = reason, By = CallEndedBy.Me, In = state, CallId = Id });
        var told = run.Sent.Last();
        told.Should().BeOfType(message);
        ((told as EndMessage)?.Reason ?? ((RejectMessage)told).Reason).Should().Be(wireReason);
        run.Timers.Should().Equal(CallTimer.Linger);
    }

    [Theory]
    [InlineData(CallState.Outgoing, EndReasons.Hangup, CallEndReason.HungUp, CallEndedBy.Peer)]
    [InlineData(CallState.IncomingRinging, EndReasons.Cancelled, CallEndReason.Cancelled, CallEndedBy.Peer)]
    [InlineData(CallState.IncomingRinging, EndReasons.Hangup, CallEndReason.Cancelled, CallEndedBy.Peer)]
    [InlineData(CallState.IncomingRinging, EndReasons.AnsweredElsewhere, CallEndReason.AnsweredElsewhere, CallEndedBy.MyOtherDevice)]
    [InlineData(CallState.IncomingRinging, EndReasons.DeclinedElsewhere, CallEndReason.DeclinedElsewhere, CallEndedBy.MyOtherDevice)]
    [InlineData(CallState.Connecting, EndReasons.Hangup, CallEndReason.HungUp, CallEndedBy.Peer)]
    [InlineData(CallState.Connected, EndReasons.Hangup, CallEndReason.HungUp, CallEndedBy.Peer)]
    [InlineData(CallState.Connected, EndReasons.ConnectionLost, CallEndReason.ConnectionLost, CallEndedBy.Server)]
    [InlineData(CallState.Connected, EndReasons.Failed, CallEndReason.PeerFailed, CallEndedBy.Peer)]
    [InlineData(CallState.Connected, EndReasons.Replaced, CallEndReason.Replaced, CallEndedBy.Peer)]
    public void B3_hang_up_there_ends_once_and_says_nothing_back(CallState state, string wire, CallEndReason reason, CallEndedBy by)
    {
        var run = In(state);
        var sent = run.Sent.Count();
        run.Receive(End(Id, wire), End(Id, wire));
        run.State.State.Should().Be(reason.IsFailure() ? CallState.Failed : CallState.Ended);
        run.Ends.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Reason = reason, By = by, In = state });
        run.Sent.Should().HaveCount(sent);
        run.Timers.Should().Equal(CallTimer.Linger);
    }

    [Fact]
    public void B4_decline_ends_both_sides_declined()
    {
        Ringing().Tell(new RejectCommand()).Ends.Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Reason = CallEndReason.Declined, By = CallEndedBy.Me });
        Outgoing().Receive(new RejectedMessage { CallId = Id, Reason = RejectReasons.Declined }).Ends.Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Reason = CallEndReason.Declined, By = CallEndedBy.Peer });
    }

    [Fact]
    public void B5_no_answer_from_server_and_own_guard_together_end_exactly_once()
    {
        foreach (var serverFirst in new[] { true, false })
        {
            CallInput[] both = [new MessageReceived(new NoAnswerMessage { CallId = Id }), new TimerFired(Id, CallTimer.Ring)];
            var run = Outgoing().Tell(serverFirst ? both : [.. both.Reverse()]);
            run.Ends.Should().ContainSingle().Which.Reason.Should().Be(CallEndReason.NoAnswer);
            var callee = Ringing().Tell(serverFirst ? both : [.. both.Reverse()]);
            callee.Ends.Should().ContainSingle().Which.Reason.Should().Be(CallEndReason.NoAnswer);
        }
    }

    [Fact]
    public void B5_the_callers_own_guard_is_fifty_seconds_from_the_offer_and_tells_the_server()
    {
        var run = Outgoing();
        run.Timer(CallTimer.Ring).Due.Should().Be(TimeSpan.FromSeconds(50));
        run.Fire(CallTimer.Ring).Sent.Last().Should().BeOfType<EndMessage>().Which.Reason.Should().Be(EndReasons.Cancelled);
    }

    [Fact]
    public void B5_an_offer_that_never_left_is_a_failure_of_signaling_not_a_missing_answer()
    {
        var run = Opening().Tell(new MediaOpened(Id, false, VideoSource.Off), new OfferCreated(Id, Sdp)).Fire(CallTimer.Ring);
        run.Ends.Should().ContainSingle().Which.Reason.Should().Be(CallEndReason.SignalingFailed);
        run.State.State.Should().Be(CallState.Failed);
    }

    [Fact]
    public void B6_a_ring_whose_socket_is_dead_stops_by_its_own_timer_after_what_is_left_of_the_ring_time()
    {
        var run = Ringing(ageMs: 5_000, ringMs: 45_000);
        run.Timer(CallTimer.Ring).Due.Should().Be(TimeSpan.FromSeconds(40));
        run.Fire(CallTimer.Ring).Ends.Should().ContainSingle().Which.Reason.Should().Be(CallEndReason.NoAnswer);
    }

    [Fact]
    public void B7_an_answer_just_after_the_timeout_is_ignored_and_the_other_side_is_told_again()
    {
        var run = Outgoing().Fire(CallTimer.Ring);
        var told = run.Sent.Count();
        run.Receive(Answer());
        run.State.State.Should().Be(CallState.Ended);
        run.Sent.Skip(told).Should().ContainSingle().Which.Should().BeOfType<EndMessage>();
        run.Fire(CallTimer.Linger).Receive(Answer());
        run.State.State.Should().Be(CallState.Idle);
        run.Sent.Skip(told).Should().HaveCount(2);
    }

    [Fact]
    public void B7_accept_just_after_the_timeout_does_nothing()
    {
        var run = Ringing().Fire(CallTimer.Ring).Tell(new AcceptCommand(true));
        run.State.State.Should().Be(CallState.Ended);
        run.Orders.Should().BeEmpty();
    }

    [Fact]
    public void B7_no_answer_that_crosses_our_answer_ends_the_callees_call_but_not_a_callers_that_has_the_answer()
    {
        ConnectingCallee().Receive(new NoAnswerMessage { CallId = Id }).State.State.Should().Be(CallState.Ended);
        ConnectingCaller().Receive(new NoAnswerMessage { CallId = Id }).State.State.Should().Be(CallState.Connecting);
        Connected().Receive(new NoAnswerMessage { CallId = Id }).State.State.Should().Be(CallState.Connected);
    }

    [Fact]
    public void The_ring_timer_of_a_callee_runs_on_while_the_devices_open_and_stops_with_the_answer()
    {
        Accepted().Timers.Should().Equal(CallTimer.Ring);
        ConnectingCallee().Timers.Should().Equal(CallTimer.Connect);
    }

    [Fact]
    public void A_connection_that_does_not_come_up_in_twenty_seconds_fails_and_tells_the_other_side()
    {
        var run = ConnectingCaller();
        run.Timer(CallTimer.Connect).Due.Should().Be(TimeSpan.FromSeconds(20));
        run.Fire(CallTimer.Connect).Ends.Single().Reason.Should().Be(CallEndReason.ConnectTimeout);
        run.Sent.Last().Should().BeOfType<EndMessage>().Which.Reason.Should().Be(EndReasons.Failed);
    }

    [Fact]
    public void An_ended_call_lingers_and_then_the_manager_is_idle()
    {
        var run = Ended();
        run.Timer(CallTimer.Linger).Due.Should().Be(Settings.EndedLinger);
        run.Fire(CallTimer.Linger).State.Should().BeEquivalentTo(new { State = CallState.Idle, Call = (CallData?)null });
    }

    [Fact]
    public void A_new_call_may_start_while_the_last_one_lingers()
    {
        var run = Ended().Tell(new StartCommand(OtherId, "carol", false));
        run.State.State.Should().Be(CallState.Outgoing);
        run.Timers.Should().Equal(CallTimer.Ring);
        run.Tell(new TimerFired(Id, CallTimer.Linger)).State.State.Should().Be(CallState.Outgoing);
    }

    [Fact]
    public void B2_a_connection_reported_before_the_devices_are_open_or_the_answer_is_made_is_none_of_this_call()
    {
        var early = Accepted().Tell(new ConnectionChanged(Id, MediaConnectionState.Connected));
        early.State.State.Should().Be(CallState.Connecting);
        early.Tell(new MediaOpened(Id, false, VideoSource.Off), new ConnectionChanged(Id, MediaConnectionState.Connected))
            .State.State.Should().Be(CallState.Connecting);
        early.Tell(new AnswerCreated(Id, Sdp), new ConnectionChanged(Id, MediaConnectionState.Connected)).State.State.Should().Be(CallState.Connected);
    }
}
