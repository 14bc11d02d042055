using Calls.Blazor.Tests.Doubles;
using Calls.Media;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Calls.Blazor.Tests.Media;

public sealed class LocalMediaTests : IAsyncLifetime
{
    private readonly ScriptedPage _page = new();
    private BrowserLocalMedia _media = null!;

    public async Task InitializeAsync()
    {
        _page.Answers("open", new { video = "camera" });
        _page.Answers("setVideo", true);
        _media = (BrowserLocalMedia)await new BrowserMediaSource(_page).OpenAsync(new MediaRequest(Video: true));
    }

    public async Task DisposeAsync() => await _media.DisposeAsync();

    [Fact]
    public async Task B8_mute_reaches_the_microphone()
    {
        await _media.SetMutedAsync(true);
        _page.To("setMuted").Single().Arguments.Should().Equal(_media.Number, true);
    }

    [Theory]
    [InlineData(VideoSource.Off, "off")]
    [InlineData(VideoSource.Camera, "camera")]
    [InlineData(VideoSource.Screen, "screen")]
    public async Task B8_the_camera_goes_off_and_on_and_a_screen_takes_its_place(VideoSource video, string name)
    {
        await _media.SetVideoAsync(video);

        _page.To("setVideo").Single().Arguments.Should().Equal(_media.Number, name);
        _media.Video.Should().Be(video);
    }

    [Fact]
    public async Task What_was_sent_before_is_sent_on_where_a_screen_cannot_be_had()
    {
        _page.Fails("setVideo", "NotAllowedError");

        var share = () => _media.SetVideoAsync(VideoSource.Screen);

        (await share.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.PermissionDenied);
        _media.Video.Should().Be(VideoSource.Camera);
    }

    [Fact]
    public async Task B8_a_wish_that_a_later_one_overtook_changes_nothing()
    {
        _page.Answers("setVideo", false);
        await _media.SetVideoAsync(VideoSource.Off);
        _media.Video.Should().Be(VideoSource.Camera);
    }

    [Fact]
    public async Task B21_a_camera_prompt_that_is_open_when_the_call_ends_is_given_up()
    {
        _page.Does("setVideo", _ => new TaskCompletionSource<object?>().Task);
        using var call = new CancellationTokenSource();
        var turning = _media.SetVideoAsync(VideoSource.Camera, call.Token);

        await call.CancelAsync();

        await FluentActions.Awaiting(() => turning).Should().ThrowAsync<OperationCanceledException>();
        _page.To("cancelVideo").Single().Arguments.Should().Equal(_media.Number);
    }

    [Fact]
    public void B10_a_screen_share_that_the_browser_stopped_is_told_without_a_failure()
    {
        var events = Listen();
        _page.Raise(_media.Number, new { kind = "video-lost", unplugged = false });

        events.Should().Equal(new LocalVideoChanged(VideoSource.Off));
        _media.Video.Should().Be(VideoSource.Off);
    }

    [Fact]
    public void B13_devices_that_are_unplugged_are_told_with_their_failure()
    {
        var events = Listen();
        _page.Raise(_media.Number, new { kind = "video-lost", unplugged = true }, new { kind = "microphone-lost" });

        events.Should().HaveCount(2);
        events[0].Should().BeOfType<LocalVideoChanged>().Which.Cause!.Failure.Should().Be(MediaFailure.NoDevice);
        events[1].Should().BeOfType<MicrophoneLost>().Which.Cause.Failure.Should().Be(MediaFailure.NoDevice);
    }

    [Fact]
    public async Task B47_disposing_closes_the_devices_once_and_ends_the_events()
    {
        var completed = false;
        using var subscription = _media.Events.Subscribe(_ => { }, () => completed = true);

        await Task.WhenAll(_media.DisposeAsync().AsTask(), _media.DisposeAsync().AsTask());

        _page.To("close").Should().ContainSingle().Which.Arguments.Should().Equal(_media.Number);
        completed.Should().BeTrue();
        _media.Video.Should().Be(VideoSource.Off);
    }

    [Fact]
    public async Task B47_disposing_ends_what_still_waits_for_the_user()
    {
        _page.Does("setVideo", _ => new TaskCompletionSource<object?>().Task);
        var turning = _media.SetVideoAsync(VideoSource.Screen);

        await _media.DisposeAsync();

        (await FluentActions.Awaiting(() => turning).Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
    }

    [Fact]
    public async Task A_page_that_is_gone_is_an_engine_that_is_lost_and_disposing_is_silent()
    {
        _page.Broken = new JSDisconnectedException("gone");
        Func<Task>[] acts =
        [
            () => _media.SetMutedAsync(true), () => _media.SetVideoAsync(VideoSource.Off), () => _media.AttachPreviewAsync(default(ElementReference)),
        ];
        foreach (var act in acts)
            (await act.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
        await _media.Invoking(media => media.DisposeAsync().AsTask()).Should().NotThrowAsync();
    }

    private List<LocalMediaEvent> Listen()
    {
        List<LocalMediaEvent> events = [];
        _media.Events.Subscribe(events.Add);
        return events;
    }
}
