using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>Voice into video, the shared screen and the hold, as the packets of both browsers tell.</summary>
[Collection(OnStage.Name)]
public sealed class HoldAndScreenTests(Stage stage)
{
    // Not one packet of sound or picture leaves in a second and a half.
    internal const string SendsNothing = """
        async () => {
          const read = async () => [...(await probe.peers.at(-1).getStats()).values()]
            .filter(one => one.type === 'outbound-rtp').reduce((sum, one) => sum + one.packetsSent, 0);
          const before = await read();
          await new Promise(resolve => setTimeout(resolve, 1500));
          return await read() === before;
        }
        """;

    private const string SeesPicture = "() => getComputedStyle(probe.byTestId('remote-video')).visibility === 'visible' && probe.byTestId('remote-video').videoWidth > 0";

    [Fact]
    public async Task B9_both_turn_a_voice_call_into_a_video_call_at_once_and_back()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: false);
        for (var i = 0; i < 2; i++)
        {
            await Task.WhenAll(caller.PressAsync("toggle-camera"), callee.PressAsync("toggle-camera"));
            await Task.WhenAll(caller.WaitAsync(SeesPicture), callee.WaitAsync(SeesPicture));
            await Task.WhenAll(caller.PressAsync("toggle-camera"), callee.PressAsync("toggle-camera"));
            await Task.WhenAll(caller.WaitAsync(Hidden), callee.WaitAsync(Hidden));
        }

        await Task.WhenAll(caller.SoundAsync(), callee.SoundAsync());
        (await caller.AskAsync<int>("probe.peers.length")).Should().Be(1);
        (await callee.AskAsync<int>("probe.peers.length")).Should().Be(1);
    }

    private const string Hidden = "() => getComputedStyle(probe.byTestId('remote-video')).visibility === 'hidden'";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B10_a_share_that_the_browsers_bar_stops_brings_the_camera_back_or_nothing(bool video)
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video);

        await caller.PressAsync("toggle-screen");
        await callee.Element("peer-screen").WaitForAsync();
        await callee.WaitAsync(SeesPicture);
        await caller.AskAsync<bool>("""
            (() => {
              const track = probe.peers.at(-1).getSenders().find(sender => sender.track?.kind === 'video').track;
              track.stop();
              return track.dispatchEvent(new Event('ended'));
            })()
            """);

        await callee.WaitAsync("() => !probe.byTestId('peer-screen')");
        await callee.WaitAsync(video ? SeesPicture : Hidden);
        (await caller.Element("toggle-camera").GetAttributeAsync("aria-pressed")).Should().Be(video ? "true" : "false");
    }

    [Fact]
    public async Task B11_no_packet_flows_while_either_side_holds_and_sound_and_picture_come_back()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: true);
        await callee.PictureAsync();

        await caller.PressAsync("toggle-hold");
        await callee.Page.GetByText($"{caller.User} has put you on hold").WaitForAsync();
        await Task.WhenAll(caller.WaitAsync(SendsNothing), callee.WaitAsync(SendsNothing));
        await callee.PressAsync("toggle-hold");
        await callee.Page.GetByText("On hold").WaitForAsync();
        await caller.PressAsync("toggle-hold");
        await caller.Page.GetByText($"{callee.User} has put you on hold").WaitForAsync();
        await Task.WhenAll(caller.WaitAsync(SendsNothing), callee.WaitAsync(SendsNothing));

        await callee.PressAsync("toggle-hold");
        await Task.WhenAll(caller.WaitAsync(SeesPicture), callee.WaitAsync(SeesPicture));
        var frames = await callee.AskAsync<int>("probe.frames");
        await callee.WaitAsync($"() => probe.frames > {frames + 10}");
        await Task.WhenAll(caller.SoundAsync(), callee.SoundAsync());
        (await caller.AskAsync<int>("probe.peers.length")).Should().Be(1);
    }
}
