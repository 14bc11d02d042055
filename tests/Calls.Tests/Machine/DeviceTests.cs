using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class DeviceTests
{
    private static readonly MediaException Refused = new(MediaFailure.PermissionDenied, "refused");

    [Fact]
    public void B8_a_hundred_toggles_in_a_row_cost_one_order_at_a_time_and_the_last_wish_wins()
    {
        var run = Connected();
        var before = run.Orders.Count();
        for (var i = 0; i < 101; i++)
            run.Tell(new ToggleMuteCommand());
        run.Orders.Skip(before).Should().Equal(MediaOrder.SetDevices);
        run.Call.Devices.Wanted.Muted.Should().BeTrue();

        run.Tell(new DevicesSet(Id, new(true, VideoSource.Off), new(true, VideoSource.Off)));
        run.Orders.Skip(before).Should().Equal(MediaOrder.SetDevices);
        run.Sent.OfType<MediaStateMessage>().Last().Muted.Should().BeTrue();
        run.Call.Devices.IsSettled.Should().BeTrue();
    }

    [Fact]
    public void B8_a_wish_that_changed_while_the_order_ran_is_ordered_next_and_only_the_final_state_is_told()
    {
        var run = Connected();
        var told = run.Sent.OfType<MediaStateMessage>().Count();
        run.Tell(new ToggleVideoCommand(), new ToggleMuteCommand());
        run.Tell(new DevicesSet(Id, new(false, VideoSource.Camera), new(false, VideoSource.Camera)));
        run.Sent.OfType<MediaStateMessage>().Should().HaveCount(told, "the devices have not settled");
        run.Tell(new DevicesSet(Id, new(true, VideoSource.Camera), new(true, VideoSource.Camera)));
        run.Sent.OfType<MediaStateMessage>().Skip(told).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Muted = true, Video = VideoSource.Camera });
    }

    [Fact]
    public void B8_muted_while_it_rings_opens_muted()
    {
        var run = Ringing().Tell(new ToggleMuteCommand(), new AcceptCommand(false));
        run.Effects.Single(effect => effect.Kind == CallEffectKind.Media).Subject
            .Should().Be(new DeviceWish(Muted: true, VideoSource.Off));
    }

    [Fact]
    public void B8_toggled_while_the_devices_open_is_set_when_they_are_open()
    {
        var run = Opening().Tell(new ToggleMuteCommand());
        run.Orders.Should().Equal(MediaOrder.Open);
        run.Tell(new MediaOpened(Id, false, VideoSource.Off));
        run.Orders.Should().Equal(MediaOrder.Open, MediaOrder.Connect, MediaOrder.CreateOffer, MediaOrder.SetDevices);
    }

    [Fact]
    public void B8_nothing_is_told_to_the_peer_before_the_call_is_answered()
    {
        var run = Outgoing().Tell(new ToggleMuteCommand(), new DevicesSet(Id, new(true, VideoSource.Off), new(true, VideoSource.Off)));
        run.Sent.OfType<MediaStateMessage>().Should().BeEmpty();
        run.Receive(Answer()).Sent.OfType<MediaStateMessage>().Should().ContainSingle().Which.Muted.Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void B8_what_the_offer_says_of_the_devices_is_not_said_again(bool video)
    {
        Connected(video).Sent.OfType<MediaStateMessage>().Should().BeEmpty();
        ConnectedCallee(video).Sent.OfType<MediaStateMessage>().Should().BeEmpty();
        Connected(video).Call.PeerDevices.Should().Be(ConnectedCallee(video).Call.Devices.Actual);
    }

    [Fact]
    public void B8_a_video_call_that_is_taken_without_a_picture_is_told_so()
        => Ringing(video: true).Tell(new AcceptCommand(false), new MediaOpened(Id, false, VideoSource.Off), new AnswerCreated(Id, Sdp))
            .Sent.OfType<MediaStateMessage>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Muted = false, Video = VideoSource.Off });

    [Fact]
    public void B8_what_the_peer_tells_is_shown()
        => Connected().Receive(new MediaStateMessage { CallId = Id, Muted = true, Video = VideoSource.Screen })
            .Call.PeerDevices.Should().Be(new DeviceWish(true, VideoSource.Screen));

    [Fact]
    public void B12_microphone_refused_as_caller_fails_and_sends_no_offer()
    {
        var run = Opening().Tell(new MediaFailed(Id, MediaOrder.Open, Refused));
        run.State.State.Should().Be(CallState.Failed);
        run.Sent.Should().BeEmpty();
        run.Ends.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Reason = CallEndReason.MediaDenied, By = CallEndedBy.Me, Error = Refused });
    }

    [Fact]
    public void B12_microphone_refused_as_callee_tells_the_caller_media_failed()
    {
        var run = Accepted().Tell(new MediaFailed(Id, MediaOrder.Open, Refused));
        run.State.State.Should().Be(CallState.Failed);
        run.Sent.OfType<RejectMessage>().Should().ContainSingle().Which.Reason.Should().Be(RejectReasons.MediaFailed);
        Outgoing().Receive(new RejectedMessage { CallId = Id, Reason = RejectReasons.MediaFailed })
            .Ends.Should().ContainSingle().Which.Reason.Should().Be(CallEndReason.PeerMediaFailed);
    }

    [Fact]
    public void B12_no_microphone_is_a_failure_of_media_not_a_refusal()
        => Opening().Tell(new MediaFailed(Id, MediaOrder.Open, new MediaException(MediaFailure.NoDevice, "none")))
            .Ends.Single().Reason.Should().Be(CallEndReason.MediaFailed);

    [Fact]
    public void B12_camera_refused_or_missing_goes_on_as_voice_with_a_trouble_told()
    {
        var run = Opening(video: true).Tell(new MediaOpened(Id, false, VideoSource.Off, Refused));
        run.State.State.Should().Be(CallState.Outgoing);
        run.Orders.Should().Equal(MediaOrder.Open, MediaOrder.Connect, MediaOrder.CreateOffer);
        run.Call.Devices.Wanted.Video.Should().Be(VideoSource.Off);
        run.Troubles.Should().ContainSingle().Which.Kind.Should().Be(CallErrorKind.Video);
    }

    [Fact]
    public void A_camera_that_cannot_be_turned_on_in_the_call_is_a_trouble_and_the_wish_follows_the_fact()
    {
        var run = Connected().Tell(new ToggleVideoCommand());
        run.Tell(new DevicesSet(Id, new(false, VideoSource.Camera), new(false, VideoSource.Off), Refused));
        run.State.State.Should().Be(CallState.Connected);
        run.Call.Devices.Should().Be(new DeviceState(default, default, Busy: false));
        run.Troubles.Should().ContainSingle();
    }

    [Fact]
    public void A_mute_wished_while_the_camera_failed_is_not_lost()
    {
        var run = Connected().Tell(new ToggleVideoCommand(), new ToggleMuteCommand());
        run.Tell(new DevicesSet(Id, new(false, VideoSource.Camera), new(false, VideoSource.Off), Refused));
        run.Call.Devices.Should().Be(new DeviceState(new(true, VideoSource.Off), default, Busy: true));
        run.Orders.Last().Should().Be(MediaOrder.SetDevices);
    }

    [Fact]
    public void Devices_that_lie_are_not_asked_for_ever()
    {
        var run = Connected().Tell(new ToggleMuteCommand());
        run.Tell(new DevicesSet(Id, new(true, VideoSource.Off), new(false, VideoSource.Off)));
        run.Call.Devices.IsSettled.Should().BeTrue();
    }

    [Fact]
    public void A_share_stopped_by_the_browser_is_told_to_the_peer()
    {
        var run = Connected(video: true).Tell(new LocalVideoReported(Id, VideoSource.Off, null));
        run.Call.Devices.Wanted.Video.Should().Be(VideoSource.Off);
        run.Sent.OfType<MediaStateMessage>().Last().Video.Should().Be(VideoSource.Off);
    }
}
