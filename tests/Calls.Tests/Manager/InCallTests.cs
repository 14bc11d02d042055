using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

public class InCallTests
{
    [Fact]
    public async Task B10_a_share_stopped_by_the_browser_opens_the_camera_again()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync(video: true);
        await fixture.Manager.ToggleScreenShareAsync();
        var local = fixture.Media.Opened.Single();
        local.Video.Should().Be(VideoSource.Screen);

        local.LoseVideo();
        await ManagerFixture.Eventually(() => local.Video == VideoSource.Camera);
        await fixture.SettleAsync();
        fixture.Manager.Current.LocalVideo.Should().Be(VideoSource.Camera);
        fixture.Channel.Sent.OfType<MediaStateMessage>().Where(message => message.CallId == id).Select(message => message.Video)
            .Should().Equal(VideoSource.Screen, VideoSource.Camera);
    }

    [Fact]
    public async Task B11_hold_and_resume_hold_the_devices_and_tell_the_peer()
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        var local = fixture.Media.Opened.Single();

        await fixture.Manager.ToggleHoldAsync();
        local.IsHeld.Should().BeTrue();
        fixture.Manager.Current.IsOnHold.Should().BeTrue();
        await fixture.Manager.ToggleMuteAsync();
        await fixture.Manager.ToggleHoldAsync();

        local.Should().BeEquivalentTo(new { IsHeld = false, IsMuted = true, Disposals = 0 });
        fixture.Channel.Sent.OfType<MediaStateMessage>().Select(message => (message.Hold, message.Muted))
            .Should().Equal((true, false), (true, true), (false, true));
    }

    [Fact]
    public async Task B11_put_on_hold_by_the_peer_holds_the_own_devices_too()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync();
        fixture.Channel.Receive(new MediaStateMessage { CallId = id, Hold = true, Seq = 2 });
        await fixture.Until(snapshot => snapshot.IsPeerHolding);
        var local = fixture.Media.Opened.Single();
        await ManagerFixture.Eventually(() => local.IsHeld);
        fixture.Channel.Receive(new MediaStateMessage { CallId = id, Hold = false, Seq = 3 });
        await ManagerFixture.Eventually(() => !local.IsHeld);
        fixture.Manager.Current.IsOnHold.Should().BeFalse();
    }

    [Fact]
    public async Task B11_devices_that_cannot_be_held_are_told_as_trouble_and_the_call_goes_on()
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        fixture.Media.HoldFailure = new MediaException(MediaFailure.NotSupported, "no");
        await fixture.Manager.ToggleHoldAsync();
        await ManagerFixture.Eventually(() => fixture.Errors.Any(error => error.Kind == CallErrorKind.Hold));
        fixture.Manager.Current.Should().BeEquivalentTo(new { State = CallState.Connected, IsOnHold = false });
    }

    [Theory]
    [InlineData(CallErrorKind.Microphone)]
    [InlineData(CallErrorKind.Speaker)]
    public async Task B13_an_unplugged_microphone_or_speaker_is_an_error_and_the_call_goes_on(CallErrorKind kind)
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        MediaException cause = new(MediaFailure.NoDevice, "gone");
        fixture.Media.Opened.Single().Raise(kind == CallErrorKind.Speaker ? new SpeakerLost(cause) : new MicrophoneLost(cause));
        await ManagerFixture.Eventually(() => fixture.Errors.Any(error => error.Kind == kind && error.Error == cause));
        fixture.Manager.Current.State.Should().Be(CallState.Connected);
    }
}
