using Calls.Media;

namespace Calls.Testing.Tests.Talks;

public class VideoTests
{
    [Fact]
    public async Task B9_both_turn_a_voice_call_into_a_video_call_at_once_and_back_again_and_again()
    {
        await using var talk = await new Talk().BeginAsync();
        for (var round = 0; round < 10; round++)
        {
            var now = round % 2 == 0 ? VideoSource.Camera : VideoSource.Off;
            await talk.BothAsync(manager => manager.ToggleVideoAsync());
            await talk.UntilBoth(snapshot => snapshot.LocalVideo == now && snapshot.PeerVideo == now);
        }

        talk.ShouldGoOn();
        (talk.AliceMedia.DevicesOpened, talk.BobMedia.DevicesOpened).Should().Be((1, 1), "media opens once a call");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B9_a_camera_that_is_refused_leaves_a_voice_call_from_either_side(bool byCaller)
    {
        await using var talk = await new Talk().BeginAsync();
        var (one, media, other) = byCaller ? (talk.Alice, talk.AliceMedia, talk.Bob) : (talk.Bob, talk.BobMedia, talk.Alice);
        media.CameraFailure = new MediaException(MediaFailure.PermissionDenied, "refused");

        await one.ToggleVideoAsync();
        await Talk.Eventually(() => talk.Errors.Any(error => error is { Kind: CallErrorKind.Video, Error: MediaException { Failure: MediaFailure.PermissionDenied } }));
        await Talk.Until(one, snapshot => snapshot.LocalVideo == VideoSource.Off);
        await other.ToggleVideoAsync();
        await Talk.Until(one, snapshot => snapshot.PeerVideo == VideoSource.Camera);
        (await Talk.Until(other, snapshot => snapshot.LocalVideo == VideoSource.Camera)).PeerVideo.Should().Be(VideoSource.Off);
        talk.ShouldGoOn();
    }

    [Fact]
    public async Task B9_both_ask_at_once_and_one_of_them_is_refused()
    {
        await using var talk = await new Talk().BeginAsync();
        talk.BobMedia.CameraFailure = new MediaException(MediaFailure.DeviceInUse, "in use");
        await talk.BothAsync(manager => manager.ToggleVideoAsync());
        await Talk.Until(talk.Bob, snapshot => snapshot is { LocalVideo: VideoSource.Off, PeerVideo: VideoSource.Camera });
        await Talk.Until(talk.Alice, snapshot => snapshot is { LocalVideo: VideoSource.Camera, PeerVideo: VideoSource.Off });
        talk.ShouldGoOn();
    }
}
