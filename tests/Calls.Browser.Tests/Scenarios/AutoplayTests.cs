using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>S11: where the browser holds sound back until the page is touched, a button brings it.</summary>
[Collection(OnStage.Name)]
public sealed class AutoplayTests(Stage stage)
{
    // Chromium lets every page play that captures a microphone, whatever its autoplay policy. Other browsers do not, so this makes it one of them:
    // sound waits for a touch. (Playwright's own evaluations count as a touch, so the browser's own policy could not be seen here anyway.)
    private const string HoldSoundBack = """
        let touched = false;
        addEventListener('pointerdown', event => { touched ||= event.isTrusted; }, { capture: true });
        const play = HTMLMediaElement.prototype.play;
        HTMLMediaElement.prototype.play = function () {
          return this.muted || touched
            ? play.call(this)
            : Promise.reject(new DOMException('play() failed because the user did not interact with the document first.', 'NotAllowedError'));
        };
        new MutationObserver(() => document.querySelectorAll('audio[autoplay]').forEach(audio => { audio.autoplay = false; }))
          .observe(document, { subtree: true, childList: true });
        """;

    [Fact]
    public async Task S11_a_play_button_appears_where_autoplay_is_blocked_and_plays_on_the_same_elements()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await cast.PersonAsync("alice");
        var callee = await cast.PersonAsync("bob", script: HoldSoundBack);
        await Cast.MeetAsync(caller, callee);
        // A script accepts: the page is never touched.
        await callee.Page.EvaluateAsync("probe.autoAccept = true");

        await caller.CallAsync(callee, video: true);
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));
        await callee.Element("play").WaitForAsync();
        (await callee.AskAsync<bool>("probe.byTestId('remote-audio').paused")).Should().BeTrue();

        await callee.PressAsync("play");
        await callee.SoundAsync();
        await callee.PictureAsync();
        await callee.Element("play").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await callee.PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
        await Traces.NothingIsLeftAsync(callee, video: true);
    }

    [Fact]
    public async Task S11_no_play_button_where_sound_plays_by_itself()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await cast.PersonAsync("alice");
        var callee = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);
        await caller.CallAsync(callee, video: true);
        await callee.PressAsync("accept");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));
        foreach (var page in cast.Pages)
        {
            await page.SoundAsync();
            (await page.Element("play").IsVisibleAsync()).Should().BeFalse();
        }
    }
}
