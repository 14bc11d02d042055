using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>What the buttons of the call screen do, as the other side sees and hears it.</summary>
[Collection(OnStage.Name)]
public sealed class InCallTests(Stage stage)
{
    // Nothing but digital silence is sent; the fake microphone beeps once a second.
    private const string Quiet = """
        async () => {
          const read = async () => [...(await probe.peers.at(-1).getStats()).values()].find(one => one.type === 'inbound-rtp' && one.kind === 'audio');
          const before = await read();
          await new Promise(resolve => setTimeout(resolve, 1500));
          const after = await read();
          const seconds = after.totalSamplesDuration - before.totalSamplesDuration;
          return seconds > 1 && Math.sqrt((after.totalAudioEnergy - before.totalAudioEnergy) / seconds) < 0.0005;
        }
        """;

    [Fact]
    public async Task B8_mute_is_silence_at_the_other_side_and_is_shown_there_and_unmute_brings_the_sound_back()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: false);
        await callee.SoundAsync();

        await caller.PressAsync("toggle-microphone");
        await callee.WaitAsync(Quiet);
        await callee.Page.GetByText($"{caller.User} is muted").First.WaitForAsync();
        (await caller.Element("toggle-microphone").GetAttributeAsync("aria-pressed")).Should().Be("true");

        await caller.PressAsync("toggle-microphone");
        await callee.WaitAsync(Quiet.Replace("< 0.0005", "> 0.001", StringComparison.Ordinal));
        (await caller.AskAsync<int>("probe.peers.length")).Should().Be(1);
    }

    [Fact]
    public async Task B8_the_camera_goes_off_and_on_again_and_the_other_side_sees_it()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: true);
        await callee.PictureAsync();

        await caller.PressAsync("toggle-camera");
        await callee.WaitAsync("() => getComputedStyle(probe.byTestId('remote-video')).visibility === 'hidden'");
        await caller.WaitAsync("() => probe.tracks.filter(track => track.kind === 'video').every(track => track.readyState === 'ended' || !track.enabled)");

        await caller.PressAsync("toggle-camera");
        await callee.WaitAsync("() => getComputedStyle(probe.byTestId('remote-video')).visibility === 'visible'");
        var before = await callee.AskAsync<int>("probe.frames");
        await callee.WaitAsync($"() => probe.frames > {before + 10}");

        (await caller.AskAsync<int>("probe.peers.length")).Should().Be(1);
        (await callee.AskAsync<int>("probe.videoNodes.size")).Should().Be(1);
        (await callee.AskAsync<int>("probe.streams.size")).Should().Be(1);
    }

    [Fact]
    public async Task B27_a_third_person_hears_that_the_other_is_busy_and_the_call_goes_on()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: false);
        var third = await cast.PersonAsync("carol");
        await third.SeesAsync(callee);

        await third.CallAsync(callee, video: true);

        await third.EndAsync("busy");
        await callee.Element("missed-call").WaitForAsync();
        (await callee.Element("missed-call").InnerTextAsync()).Should().Contain(third.User);
        (await callee.StatesAsync()).Should().Equal("idle", "incoming_ringing", "connecting", "connected");
        await callee.SoundAsync();
        await caller.SoundAsync();
    }
}
