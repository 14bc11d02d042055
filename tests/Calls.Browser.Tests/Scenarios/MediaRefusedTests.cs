using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>B12, with the browser's own refusals.</summary>
[Collection(OnStage.Name)]
public sealed class MediaRefusedTests(Stage stage)
{
    [Fact]
    public async Task B12_a_caller_without_microphone_fails_with_a_sentence_and_nobody_rings()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await cast.PersonAsync("alice", browser: BrowserKind.Asking, permissions: []);
        var callee = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);

        await caller.CallAsync(callee, video: true);

        await caller.EndAsync("media-denied");
        (await caller.StatesAsync()).Should().StartWith(["idle", "outgoing", "failed"]);
        (await caller.Element("call-end").InnerTextAsync()).Should().Contain("Allow it for this page");
        (await callee.StatesAsync()).Should().Equal("idle");
        caller.PageErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task B12_a_callee_without_microphone_fails_and_the_caller_is_told()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await cast.PersonAsync("alice");
        var callee = await cast.PersonAsync("bob", browser: BrowserKind.Asking, permissions: []);
        await Cast.MeetAsync(caller, callee);

        await caller.CallAsync(callee, video: false);
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("accept");

        await Task.WhenAll(callee.EndAsync("media-denied"), caller.EndAsync("peer-media-failed"));
        (await callee.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "connecting", "failed"]);
        (await caller.StatesAsync()).Should().StartWith(["idle", "outgoing", "failed"]);
        await Traces.NothingIsLeftAsync(caller, video: false, connected: false);
    }

    [Theory]
    [InlineData(BrowserKind.WithoutCamera)]
    [InlineData(BrowserKind.Asking)]
    public async Task B12_without_a_camera_a_video_call_goes_on_as_voice(BrowserKind browser)
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await cast.PersonAsync("alice", browser: browser, permissions: browser is BrowserKind.Asking ? ["microphone"] : null);
        var callee = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);

        await caller.CallAsync(callee, video: true);
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("accept");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));

        await callee.SoundAsync();
        await caller.SoundAsync();
        await caller.PictureAsync();
        (await caller.AskAsync<long>("probe.sent('video')")).Should().Be(0);
        await callee.PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
    }
}
