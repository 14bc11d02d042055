using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class ScreenShareTests
{
    private static readonly MediaException Refused = new(MediaFailure.PermissionDenied, "refused");

    private static MachineRun Sharing(bool video)
    {
        var run = Connected(video).Tell(new ToggleScreenShareCommand());
        run.LastWish.Video.Should().Be(VideoSource.Screen);
        return run.Tell(new DevicesSet(Id, run.LastWish, run.LastWish));
    }

    [Theory]
    [InlineData(true, VideoSource.Camera)]
    [InlineData(false, VideoSource.Off)]
    public void B10_a_share_that_the_browsers_bar_stopped_brings_back_what_was_sent_before(bool video, VideoSource back)
    {
        var run = Sharing(video);
        run.Sent.OfType<MediaStateMessage>().Last().Video.Should().Be(VideoSource.Screen);
        run.Tell(new LocalVideoReported(Id, VideoSource.Off, null));
        run.Call.Devices.Wanted.Video.Should().Be(back);
        if (video)
            run.Tell(new DevicesSet(Id, run.LastWish, run.LastWish));
        run.Call.Devices.IsSettled.Should().BeTrue();
        run.Sent.OfType<MediaStateMessage>().Last().Video.Should().Be(back);
        run.Troubles.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, VideoSource.Camera)]
    [InlineData(false, VideoSource.Off)]
    public void B10_a_share_that_is_stopped_here_brings_back_what_was_sent_before(bool video, VideoSource back)
        => Sharing(video).Tell(new ToggleScreenShareCommand()).Call.Devices.Wanted.Video.Should().Be(back);

    [Fact]
    public void B10_a_share_that_is_not_granted_leaves_the_camera_with_a_trouble_told()
    {
        var run = Connected(video: true).Tell(new ToggleScreenShareCommand());
        run.Tell(new DevicesSet(Id, run.LastWish, new(false, VideoSource.Camera), Refused));
        run.Call.Devices.Should().Be(new DeviceState(new(false, VideoSource.Camera), new(false, VideoSource.Camera), Busy: false));
        run.Troubles.Should().ContainSingle().Which.Kind.Should().Be(CallErrorKind.Screen);
    }

    [Fact]
    public void B10_what_the_user_asked_for_while_the_share_stopped_by_itself_is_not_lost()
    {
        var run = Sharing(video: true).Tell(new ToggleVideoCommand(), new ToggleVideoCommand());
        run.Tell(new LocalVideoReported(Id, VideoSource.Off, null));
        run.Call.Devices.Wanted.Video.Should().Be(VideoSource.Off, "the last wish was no picture");
    }

    [Fact]
    public void B10_the_camera_takes_the_place_of_the_screen()
        => Sharing(video: false).Tell(new ToggleVideoCommand()).Call.Devices.Wanted.Video.Should().Be(VideoSource.Camera);

    [Fact]
    public void B10_an_engine_that_shares_no_screen_refuses()
    {
        var settings = new MachineSettings { Capabilities = MediaCapabilities.Video };
        new CallMachine(settings).Step(Connected().State, new ToggleScreenShareCommand()).Kind.Should().Be(StepKind.Refused);
    }

    [Fact]
    public void B13_a_camera_that_is_unplugged_is_a_trouble_and_the_call_goes_on_as_voice()
    {
        var run = Connected(video: true).Tell(new LocalVideoReported(Id, VideoSource.Off, new MediaException(MediaFailure.NoDevice, "gone")));
        run.State.State.Should().Be(CallState.Connected);
        run.Troubles.Should().ContainSingle().Which.Kind.Should().Be(CallErrorKind.Video);
        run.Sent.OfType<MediaStateMessage>().Last().Video.Should().Be(VideoSource.Off);
        run.Tell(new ToggleVideoCommand()).LastWish.Video.Should().Be(VideoSource.Camera, "it may be plugged in again");
    }

    [Theory]
    [InlineData(CallErrorKind.Microphone)]
    [InlineData(CallErrorKind.Speaker)]
    public void B13_a_microphone_or_speaker_that_is_unplugged_is_a_trouble_and_the_call_goes_on(CallErrorKind kind)
    {
        var run = Connected().Tell(new DeviceLostReported(Id, kind, new MediaException(MediaFailure.NoDevice, "gone")));
        run.State.State.Should().Be(CallState.Connected);
        run.Troubles.Should().ContainSingle().Which.Kind.Should().Be(kind);
    }
}
