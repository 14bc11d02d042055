using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class HoldTests
{
    private static DevicesSet Done(MachineRun run) => new(Id, run.LastWish, run.LastWish);

    private static MediaStateMessage Told(bool hold) => new() { CallId = Id, Hold = hold };

    [Fact]
    public void B11_hold_stops_the_devices_and_then_tells_the_peer()
    {
        var run = Connected(video: true).Tell(new ToggleHoldCommand());
        run.Call.IsOnHold.Should().BeTrue();
        run.LastWish.Should().Be(new DeviceWish(false, VideoSource.Camera, Held: true), "mute and camera are kept for afterwards");
        run.Sent.OfType<MediaStateMessage>().Should().NotContain(message => message.Hold, "the devices are not held yet");
        run.Tell(Done(run)).Sent.OfType<MediaStateMessage>().Last().Should().BeEquivalentTo(new { Hold = true, Video = VideoSource.Camera });
    }

    [Fact]
    public void B11_who_is_put_on_hold_stops_sending_too_and_says_nothing_of_a_hold_of_its_own()
    {
        var run = ConnectedCallee();
        var sent = run.Sent.Count();
        run.Receive(Told(hold: true));
        run.LastWish.Held.Should().BeTrue();
        run.Tell(Done(run));
        run.Call.IsOnHold.Should().BeFalse();
        run.Call.PeerDevices.Held.Should().BeTrue();
        run.Sent.Should().HaveCount(sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void B11_held_from_both_sides_flows_again_only_when_both_have_resumed(bool peerFirst)
    {
        var run = Connected().Tell(new ToggleHoldCommand());
        run.Tell(Done(run)).Receive(Told(hold: true));
        Resume(run, peer: peerFirst);
        run.Call.Devices.Actual.Held.Should().BeTrue();
        Resume(run, peer: !peerFirst);
        run.LastWish.Held.Should().BeFalse();
        run.Tell(Done(run)).Call.Devices.Should().Be(new DeviceState(default, default, Busy: false));
        run.Sent.OfType<MediaStateMessage>().Last().Hold.Should().BeFalse();

        static void Resume(MachineRun run, bool peer)
            => _ = peer ? run.Receive(Told(hold: false)) : run.Tell(new ToggleHoldCommand());
    }

    [Fact]
    public void B11_mute_and_camera_wished_while_held_are_there_after_the_hold()
    {
        var run = Connected(video: true).Tell(new ToggleHoldCommand());
        run.Tell(Done(run), new ToggleMuteCommand(), new ToggleVideoCommand());
        run.Tell(Done(run));
        run.Tell(Done(run), new ToggleHoldCommand());
        run.LastWish.Should().Be(new DeviceWish(Muted: true, VideoSource.Off));
    }

    [Fact]
    public void B11_devices_that_cannot_be_held_leave_the_call_off_hold_with_a_trouble_told()
    {
        var run = Connected().Tell(new ToggleHoldCommand());
        run.Tell(new DevicesSet(Id, run.LastWish, default, new MediaException(MediaFailure.NotSupported, "no")));
        run.Call.IsOnHold.Should().BeFalse();
        run.Call.Devices.IsSettled.Should().BeTrue();
        run.Troubles.Should().ContainSingle().Which.Kind.Should().Be(CallErrorKind.Hold);
        run.Sent.OfType<MediaStateMessage>().Should().NotContain(message => message.Hold);
    }

    [Fact]
    public void B11_toggled_twice_while_the_devices_are_asked_never_holds_for_the_peer()
    {
        var run = Connected().Tell(new ToggleHoldCommand(), new ToggleHoldCommand());
        run.Tell(new DevicesSet(Id, new(false, VideoSource.Off, true), new(false, VideoSource.Off, true)));
        run.LastWish.Held.Should().BeFalse();
        run.Tell(Done(run)).Sent.OfType<MediaStateMessage>().Should().NotContain(message => message.Hold);
    }

    [Theory]
    [InlineData(CallState.Idle)]
    [InlineData(CallState.Outgoing)]
    [InlineData(CallState.IncomingRinging)]
    [InlineData(CallState.Connecting)]
    public void B11_a_call_that_is_not_connected_cannot_be_held(CallState state)
        => In(state).Tell(new ToggleHoldCommand()).Last.Refusal!.Message.Should().Contain(nameof(CallState.Connected));
}
