using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class GlareTests
{
    [Fact]
    public void B24_who_has_the_smaller_id_keeps_his_call_and_the_other_neither_rings_nor_hears_busy()
    {
        var run = Outgoing();
        var sent = run.Sent.Count();
        run.Receive(Offer(OtherId), Candidates(OtherId, "late"), End(OtherId, EndReasons.Cancelled));
        run.State.State.Should().Be(CallState.Outgoing);
        run.Call.Id.Should().Be(Id);
        run.Sent.Should().HaveCount(sent);
        run.Missed.Should().BeEmpty();
        run.State.Early.Entries.Should().BeEmpty();
        run.Receive(Answer()).State.State.Should().Be(CallState.Connecting);
    }

    [Fact]
    public void B24_who_has_the_greater_id_takes_the_others_offer_without_a_second_tap_and_gives_his_own_up()
    {
        var run = Outgoing(video: true);
        run.Receive(Candidates(SmallerId, "a"), Offer(SmallerId, video: true));
        run.Passed.Should().Equal(CallState.Idle, CallState.Outgoing, CallState.Connecting);
        run.Call.Should().BeEquivalentTo(new { Id = SmallerId, Role = CallRole.Callee, ChatId = "bob", Peer = Bob });
        run.Sent.OfType<EndMessage>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { CallId = Id, Reason = EndReasons.Replaced });
        run.Orders.Should().Equal(
            MediaOrder.Open, MediaOrder.Connect, MediaOrder.CreateOffer, MediaOrder.Connect, MediaOrder.AnswerOffer);
        run.Added.Select(candidate => candidate.Candidate).Should().Equal("a");
        run.Ends.Should().BeEmpty("the call that was given up lives on in the other");

        run.Tell(new AnswerCreated(SmallerId, Sdp), new ConnectionChanged(SmallerId, MediaConnectionState.Connected));
        run.State.State.Should().Be(CallState.Connected);
        run.Timers.Should().BeEmpty();
    }

    [Fact]
    public void B24_an_own_offer_that_was_not_sent_yet_loses_whatever_its_id()
    {
        var run = Opening().Receive(Offer(OtherId));
        run.State.State.Should().Be(CallState.Connecting);
        run.Orders.Should().Equal(MediaOrder.Open);
        run.Sent.Should().BeEmpty();
        run.Tell(new MediaOpened(Id, false, VideoSource.Off));
        run.Orders.Should().Equal(MediaOrder.Open, MediaOrder.Connect, MediaOrder.AnswerOffer);

        var making = Opening().Tell(new MediaOpened(Id, false, VideoSource.Off)).Receive(Offer(OtherId));
        making.Tell(new OfferCreated(Id, Sdp)).Last.Kind.Should().Be(StepKind.Ignored, "the offer of the call that gave way is never sent");
        making.Tell(new AnswerCreated(OtherId, Sdp)).Sent.OfType<AnswerMessage>().Should().ContainSingle();
    }

    [Fact]
    public void B24_with_equal_ids_who_receives_the_offer_takes_it()
    {
        var run = Outgoing().Receive(Offer(Id));
        run.State.State.Should().Be(CallState.Connecting);
        run.Call.Role.Should().Be(CallRole.Callee);
        run.Sent.OfType<EndMessage>().Should().BeEmpty();
        run.Tell(new ErrorReceived(new ErrorMessage { CallId = Id, Code = ErrorCodes.DuplicateCall })).State.State.Should().Be(CallState.Connecting);
    }

    [Fact]
    public void B24_to_call_who_rings_here_at_this_moment_is_to_accept()
    {
        var run = Ringing(video: true).Tell(new StartCommand(OtherId, "bob", Video: false));
        run.State.State.Should().Be(CallState.Connecting);
        run.Call.Id.Should().Be(Id);
        run.Call.Devices.Wanted.Video.Should().Be(VideoSource.Off);
        Ringing().Tell(new StartCommand(OtherId, "carol", false)).Last.Kind.Should().Be(StepKind.Refused);
    }

    [Fact]
    public void B25_late_messages_of_the_losing_call_never_touch_the_winner()
    {
        var run = Outgoing().Receive(Offer(SmallerId));
        var (state, effects) = (run.State.Call, run.Effects.Count);
        run.Tell(
            new OfferCreated(Id, Sdp), new LocalCandidates(Id, [new("x")]), new ConnectionChanged(Id, MediaConnectionState.Failed),
            new TimerFired(Id, CallTimer.Ring), new DescriptionDelivered(Id), new MediaFailed(Id, MediaOrder.CreateOffer, new MediaException()));
        run.Receive(
            Candidates(Id, "y"), End(Id), new NoAnswerMessage { CallId = Id }, new RejectedMessage { CallId = Id, Reason = RejectReasons.Busy },
            new RingingMessage { CallId = Id });
        run.State.Call.Should().BeSameAs(state);
        run.Effects.Should().HaveCount(effects);
        run.Receive(Answer());
        run.Effects.Skip(effects).Should().ContainSingle().Which.Subject.Should().BeOfType<EndMessage>().Which.CallId.Should().Be(Id);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void B26_in_glare_of_voice_against_video_each_sends_what_its_own_user_asked_for(bool own, bool others)
    {
        var run = Outgoing(own).Receive(Offer(SmallerId, video: others));
        run.Call.Devices.Wanted.Video.Should().Be(own ? VideoSource.Camera : VideoSource.Off);
        run.Orders.Count(order => order is MediaOrder.Open or MediaOrder.SetDevices).Should().Be(1, "no camera opens that its user did not ask for");
        run.Call.PeerDevices.Video.Should().Be(others ? VideoSource.Camera : VideoSource.Off);
        run.Tell(new AnswerCreated(SmallerId, Sdp));
        run.Sent.OfType<MediaStateMessage>().Should().ContainSingle("the other side takes its own wish for granted")
            .Which.Video.Should().Be(own ? VideoSource.Camera : VideoSource.Off);
    }

    [Fact]
    public void B24_a_cancelled_start_ends_the_call_that_took_its_place()
        => Outgoing().Receive(Offer(SmallerId)).Tell(new EndCommand(Id)).State.State.Should().Be(CallState.Ended);

    [Fact]
    public void B24_an_offer_of_the_same_chat_that_is_too_old_is_no_glare()
        => Outgoing().Receive(Offer(SmallerId, ageMs: 60_000)).State.State.Should().Be(CallState.Outgoing);

    [Theory]
    [InlineData(CallState.IncomingRinging)]
    [InlineData(CallState.Connecting)]
    [InlineData(CallState.Connected)]
    public void B28_a_peer_that_calls_again_replaces_the_call_it_has_forgotten(CallState state)
    {
        var run = In(state);
        run.Receive(Offer(OtherId));
        run.Ends.Should().ContainSingle().Which.Should().BeEquivalentTo(new { CallId = Id, Reason = CallEndReason.Replaced, By = CallEndedBy.Peer });
        run.Sent.OfType<EndMessage>().Last().Should().BeEquivalentTo(new { CallId = Id, Reason = EndReasons.Replaced });
        run.Last.Effects()[^1].Kind.Should().Be(CallEffectKind.Again);
        run.Tell((CallInput)run.Last.Effects()[^1].Subject!);
        run.State.State.Should().Be(CallState.IncomingRinging);
        run.Call.Id.Should().Be(OtherId);
        run.Timers.Should().Equal(CallTimer.Ring);
    }

    [Fact]
    public void B31_a_call_from_another_device_of_the_same_user_is_busy_and_replaces_nothing()
    {
        var run = Connected().Receive(Offer(OtherId, from: Bob with { DeviceId = "tablet" }));
        run.State.State.Should().Be(CallState.Connected);
        run.Sent.OfType<RejectMessage>().Should().ContainSingle().Which.Reason.Should().Be(RejectReasons.Busy);
    }
}
