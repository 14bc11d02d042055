using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>Microphone, camera and speaker are chosen in a call, without a new negotiation, and stay chosen for the next one.</summary>
[Collection(OnStage.Name)]
public sealed class DeviceChoiceTests(Stage stage)
{
    // Another camera, first in the list.
    private const string PlugIn = """
        (() => {
          const list = MediaDevices.prototype.enumerateDevices;
          MediaDevices.prototype.enumerateDevices = async function () {
            return [{ kind: 'videoinput', deviceId: 'new', label: 'Plugged in' }, ...await list.call(this)];
          };
          return navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
        })()
        """;

    private const string Senders = "probe.peers.at(-1).getSenders().map(sender => sender.track)";

    [Fact]
    public async Task Another_camera_and_microphone_are_sent_at_once_and_in_the_next_call()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: true, BrowserKind.WithThreeCameras);
        await callee.PictureAsync();
        await caller.PressAsync("toggle-devices");

        var camera = await ChooseLastAsync(caller, "choose-camera");
        var microphone = await ChooseLastAsync(caller, "choose-microphone");

        await SendsAsync(caller, camera, microphone);
        var before = await callee.AskAsync<int>("probe.frames");
        await callee.WaitAsync($"() => probe.frames > {before + 10}");
        await callee.SoundAsync();
        (await caller.AskAsync<int>("probe.peers.length")).Should().Be(1, "the track is replaced, and nothing is negotiated");
        (await caller.AskAsync<int>("probe.tracks.filter(track => track.readyState === 'live').length")).Should().Be(2, "the devices that were used before are let go");

        await caller.PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
        await Cast.AgainAsync(caller, callee, video: true);
        await SendsAsync(caller, camera, microphone);
    }

    [Fact]
    public async Task Another_speaker_plays_the_same_call()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: false);
        await callee.SoundAsync();
        await callee.PressAsync("toggle-devices");

        var speaker = await ChooseLastAsync(callee, "choose-speaker");

        await callee.WaitAsync($"() => probe.byTestId('remote-audio').sinkId === '{speaker}'");
        await callee.SoundAsync();
        (await callee.AskAsync<int>("probe.audioNodes.size")).Should().Be(1);
    }

    [Fact]
    public async Task A_device_is_chosen_by_keyboard_alone_and_escape_leads_back_into_the_call()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await cast.TalkAsync(video: true, BrowserKind.WithThreeCameras);

        await caller.TabToAsync("toggle-devices");
        await caller.Page.Keyboard.PressAsync("Enter");
        await caller.Element("choose-camera").WaitForAsync();
        await caller.TabToAsync("choose-camera");
        await caller.Page.Keyboard.PressAsync("End");
        var camera = await caller.AskAsync<string>("[...probe.byTestId('choose-camera').options].at(-1).value");
        await caller.WaitAsync($"() => {Senders}.some(track => track?.getSettings().deviceId === '{camera}')");
        await caller.AskAsync<bool>(PlugIn);
        await caller.WaitAsync("() => [...probe.byTestId('choose-camera').options].some(one => one.value === 'new')");
        (await caller.FocusAsync()).Should().Be("choose-camera", "who chooses keeps the keyboard while a device is plugged in");
        (await caller.AskAsync<string>("probe.byTestId('choose-camera').value")).Should().Be(camera);
        await caller.Page.Keyboard.PressAsync("Escape");

        await caller.Element("devices").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await caller.WaitAsync("() => document.activeElement?.dataset?.testid === 'toggle-devices'");
        await caller.StateAsync("connected");
        await callee.PictureAsync();
    }

    // The last of a list is never the one that is used where nothing is chosen.
    private static async Task<string> ChooseLastAsync(CallPage page, string list)
    {
        await page.Element(list).WaitForAsync();
        var id = await page.AskAsync<string>($"[...probe.byTestId('{list}').options].at(-1).value");
        id.Should().NotBeEmpty();
        await page.Element(list).SelectOptionAsync(id);
        return id;
    }

    private static Task SendsAsync(CallPage page, string camera, string microphone)
        => page.WaitAsync($"() => ['{camera}', '{microphone}'].every(id => {Senders}.some(track => track?.readyState === 'live' && track.getSettings().deviceId === id))");
}
