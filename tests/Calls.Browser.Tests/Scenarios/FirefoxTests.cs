using Calls.Browser.Tests.Harness;
using Calls.Browser.Tests.Harness.Firefox;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>S14 with two different browsers: a stock Firefox and Chromium.</summary>
[Collection(OnFirefoxStage.Name)]
public sealed class FirefoxTests(Stage stage, FirefoxStage firefox)
{
    [Fact]
    public async Task S14_B11_firefox_calls_chromium_sees_and_is_seen_sends_nothing_while_it_holds_and_leaves_nothing_behind()
    {
        await using var cast = await new Cast(stage).OnAsync();
        await using var caller = await PersonAsync(cast, firefox.Browser);
        var callee = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);

        await Cast.AgainAsync(caller, callee, video: true);
        foreach (var page in new ProbedPage[] { caller, callee })
        {
            await page.SoundAsync();
            await page.PictureAsync();
        }

        await caller.PressAsync("toggle-hold");
        await Task.WhenAll(caller.WaitAsync(HoldAndScreenTests.SendsNothing), callee.WaitAsync(HoldAndScreenTests.SendsNothing));
        await caller.PressAsync("toggle-hold");
        var frames = await callee.AskAsync<int>("probe.frames");
        await callee.WaitAsync($"() => probe.frames > {frames + 10}");

        await caller.PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
        await Traces.NothingIsLeftAsync(caller, video: true);
        await Traces.NothingIsLeftAsync(callee, video: true);
    }

    [Fact]
    public async Task S14_B9_B10_chromium_calls_firefox_by_voice_which_turns_its_camera_on_and_sees_the_screen_and_the_hang_up()
    {
        await using var cast = await new Cast(stage).OnAsync();
        await using var callee = await PersonAsync(cast, firefox.Browser);
        var caller = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);

        await Cast.AgainAsync(caller, callee, video: false);
        await callee.SoundAsync();
        await caller.SoundAsync();
        await callee.PressAsync("toggle-camera");
        await caller.PictureAsync();

        await caller.PressAsync("toggle-screen");
        await callee.WaitAsync("() => probe.byTestId('peer-screen')");
        await callee.WaitAsync("() => getComputedStyle(probe.byTestId('remote-video')).visibility === 'visible' && probe.frames > 0");
        await caller.PressAsync("toggle-screen");
        await callee.WaitAsync("() => !probe.byTestId('peer-screen')");

        await caller.PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
        (await callee.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "connecting", "connected", "ended"]);
    }

    [Fact]
    public async Task S14_firefox_calls_firefox_with_sound_and_picture_both_ways_and_leaves_nothing_behind()
    {
        await using var cast = await new Cast(stage).OnAsync();
        await using var caller = await PersonAsync(cast, firefox.Browser);
        await using var callee = await PersonAsync(cast, firefox.Browser);
        await Cast.MeetAsync(caller, callee);

        await Cast.AgainAsync(caller, callee, video: true);
        foreach (var page in new[] { caller, callee })
        {
            await page.SoundAsync();
            await page.PictureAsync();
        }

        await callee.PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
        await Traces.NothingIsLeftAsync(caller, video: true);
        await Traces.NothingIsLeftAsync(callee, video: true);
    }

    [Fact]
    public async Task B4_firefox_declines_and_has_opened_nothing()
    {
        await using var cast = await new Cast(stage).OnAsync();
        await using var callee = await PersonAsync(cast, firefox.Browser);
        var caller = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);

        await caller.CallAsync(callee, video: true);
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("decline");

        await Task.WhenAll(caller.EndAsync("declined"), callee.EndAsync("declined"));
        await Traces.NothingWasOpenedAsync(callee);
    }

    [Fact]
    public async Task B12_a_callee_whose_firefox_refuses_the_microphone_fails_and_the_caller_is_told()
    {
        await using var cast = await new Cast(stage).OnAsync();
        await using var refusing = await FirefoxBrowser.StartAsync(
            ("media.navigator.permission.disabled", false), ("permissions.default.microphone", 2), ("permissions.default.camera", 2));
        await using var callee = await PersonAsync(cast, refusing);
        var caller = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);

        await caller.CallAsync(callee, video: false);
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("accept");

        await Task.WhenAll(callee.EndAsync("media-denied"), caller.EndAsync("peer-media-failed"));
        (await callee.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "connecting", "failed"]);
    }

    private async Task<FirefoxPage> PersonAsync(Cast cast, FirefoxBrowser browser)
    {
        var page = await FirefoxPage.NewAsync(browser, stage.Somebody("alice"));
        await page.SignInAsync(cast.Server);
        return page;
    }
}
