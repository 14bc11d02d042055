using System.Text.Json;
using Calls.Blazor.Interop;
using Calls.Blazor.Tests.Doubles;
using Calls.Media;
using Microsoft.JSInterop;

namespace Calls.Blazor.Tests.Media;

public sealed class OpeningDevicesTests
{
    private readonly ScriptedPage _page = new();
    private readonly BrowserMediaSource _source;

    public OpeningDevicesTests()
    {
        _page.Answers("open", new { video = "camera" });
        _source = new BrowserMediaSource(_page);
    }

    [Fact]
    public void Nothing_is_loaded_before_it_is_needed() => _page.Calls.Should().BeEmpty();

    [Fact]
    public async Task B1_the_module_is_loaded_once_and_the_devices_are_opened_once_a_call()
    {
        await using var first = await _source.OpenAsync(new MediaRequest(Video: true));
        await using var second = await _source.OpenAsync(new MediaRequest(Video: true));

        _page.Functions.Should().Equal("import", "createEngine", "open", "open");
        _page.Calls[0].Arguments.Should().Equal("./_content/Calls.Blazor/calls-media.js");
        first.Video.Should().Be(VideoSource.Camera);
        first.VideoFailure.Should().BeNull();
    }

    [Fact]
    public async Task A_connection_may_be_made_ahead_only_while_the_microphone_opens_without_a_question()
    {
        await _source.PreloadAsync();
        _source.Capabilities.Should().NotHaveFlag(MediaCapabilities.PreConnect);
        _page.Raise(EngineEvents.EveryCall, new { kind = "microphone", isAllowed = true });
        _source.Capabilities.Should().HaveFlag(MediaCapabilities.PreConnect);
        _page.Raise(EngineEvents.EveryCall, new { kind = "microphone", isAllowed = false });
        _source.Capabilities.Should().NotHaveFlag(MediaCapabilities.PreConnect);
    }

    [Fact]
    public async Task What_is_wanted_reaches_the_browser()
    {
        await using var source = new BrowserMediaSource(_page, new BrowserMediaOptions { VideoWidth = 640, VideoHeight = 480, VideoFrameRate = 24 });
        await source.OpenAsync(new MediaRequest(Video: true, Muted: true));

        ((JsonElement)_page.To("open").Single().Arguments[1]!).GetRawText()
            .Should().Be("""{"video":true,"muted":true,"quality":{"width":640,"height":480,"frameRate":24}}""");
    }

    [Fact]
    public async Task The_user_may_take_longer_over_the_prompt_than_the_runtime_lets_a_call_take()
    {
        await _source.OpenAsync(new MediaRequest(Video: false), CancellationToken.None);
        _page.To("open").Single().HasToken.Should().BeTrue("without a token Blazor Server gives up after a minute");
    }

    [Theory]
    [InlineData("NotAllowedError", MediaFailure.PermissionDenied)]
    [InlineData("SecurityError", MediaFailure.PermissionDenied)]
    [InlineData("NotFoundError", MediaFailure.NoDevice)]
    [InlineData("OverconstrainedError", MediaFailure.NoDevice)]
    [InlineData("NotReadableError", MediaFailure.DeviceInUse)]
    [InlineData("AbortError", MediaFailure.DeviceInUse)]
    [InlineData("InsecureOriginError", MediaFailure.InsecureOrigin)]
    [InlineData("NotSupportedError", MediaFailure.NotSupported)]
    [InlineData("TypeError", MediaFailure.Other)]
    public async Task B12_each_refusal_has_its_own_failure(string name, MediaFailure failure)
    {
        _page.Fails("open", name);

        var open = () => _source.OpenAsync(new MediaRequest(Video: false));

        (await open.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(failure);
    }

    [Fact]
    public async Task B12_a_camera_that_is_refused_leaves_a_voice_call_that_knows_why()
    {
        _page.Answers("open", new { video = "off", videoFailure = new { name = "NotAllowedError", message = "no" } });

        await using var media = await _source.OpenAsync(new MediaRequest(Video: true));

        media.Video.Should().Be(VideoSource.Off);
        media.VideoFailure!.Failure.Should().Be(MediaFailure.PermissionDenied);
    }

    [Fact]
    public async Task B21_a_prompt_that_is_open_when_the_call_ends_is_closed_by_its_number()
    {
        var prompt = new TaskCompletionSource<object?>();
        _page.Does("open", _ => prompt.Task);
        using var call = new CancellationTokenSource();

        var opening = _source.OpenAsync(new MediaRequest(Video: true), call.Token);
        await call.CancelAsync();

        await FluentActions.Awaiting(() => opening).Should().ThrowAsync<OperationCanceledException>();
        _page.To("close").Single().Arguments[0].Should().Be(_page.To("open").Single().Arguments[0]);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_opens_nothing()
    {
        var open = () => _source.OpenAsync(new MediaRequest(Video: true), new CancellationToken(canceled: true));

        await open.Should().ThrowAsync<OperationCanceledException>();
        _page.Functions.Should().NotContain("open");
    }

    [Theory]
    [InlineData("import")]
    [InlineData("createEngine")]
    [InlineData("open")]
    public async Task A_page_that_is_gone_is_an_engine_that_is_lost(string function)
    {
        _page.Throws(function, new JSDisconnectedException("gone"));

        var open = () => _source.OpenAsync(new MediaRequest(Video: false));

        (await open.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
    }

    [Fact]
    public async Task A_module_that_could_not_be_loaded_is_tried_again_by_the_next_call()
    {
        _page.Throws("import", new JSException("Failed to fetch dynamically imported module"));
        var open = () => _source.OpenAsync(new MediaRequest(Video: false));
        (await open.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.Other);

        _page.Does("import", _ => Task.FromResult<object?>(_page.NewReference("import")));
        await open.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Preloading_never_throws()
    {
        _page.Broken = new JSException("no");
        await _source.Invoking(source => source.PreloadAsync()).Should().NotThrowAsync();
    }

    [Fact]
    public async Task B47_disposing_the_engine_lets_go_of_everything_once()
    {
        await _source.OpenAsync(new MediaRequest(Video: false));

        await _source.DisposeAsync();
        await _source.DisposeAsync();

        _page.Functions.Skip(3).Should().Equal("dispose", "release createEngine", "release import");
        var open = () => _source.OpenAsync(new MediaRequest(Video: false));
        (await open.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
    }

    [Fact]
    public async Task B47_disposing_the_engine_while_a_prompt_is_open_ends_the_wait()
    {
        _page.Does("open", _ => new TaskCompletionSource<object?>().Task);
        var opening = _source.OpenAsync(new MediaRequest(Video: false));

        await _source.DisposeAsync();

        (await FluentActions.Awaiting(() => opening).Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
    }

    [Fact]
    public async Task Disposing_is_silent_where_the_page_is_gone()
    {
        await _source.OpenAsync(new MediaRequest(Video: false));
        _page.Broken = new JSDisconnectedException("gone");
        await _source.Invoking(source => source.DisposeAsync().AsTask()).Should().NotThrowAsync();
    }
}
