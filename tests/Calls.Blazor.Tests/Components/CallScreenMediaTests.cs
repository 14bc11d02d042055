using Bunit;
using Calls.Media;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static Calls.Blazor.Tests.Doubles.ScriptedManager;

namespace Calls.Blazor.Tests.Components;

public sealed class CallScreenMediaTests : ComponentTest
{
    [Fact]
    public async Task S11_the_stream_is_attached_once_from_the_first_track_to_the_hang_up()
    {
        var (stream, media, session) = await OpenAsync();
        var cut = Render<CallScreen>();
        foreach (var snapshot in Course(stream, media))
            Report(cut, Manager, snapshot);

        Page.To("attachRemote").Should().ContainSingle().Which.Arguments[0].Should().Be(session);
        Page.To("attachPreview").Should().ContainSingle();
    }

    [Fact]
    public async Task S11_the_elements_are_never_made_anew()
    {
        var (stream, media, session) = await OpenAsync();
        var cut = Render<CallScreen>();
        Page.Raise(session, new { kind = "playback", blocked = true });
        foreach (var snapshot in Course(stream, media))
        {
            Report(cut, Manager, snapshot);
            // Attaching again names the elements that stand there now: an element that is made anew has a new name.
            if (Has(cut, "play"))
                Find(cut, "play").Click();
        }

        var attached = Page.To("attachRemote").ToArray();
        attached.Should().HaveCountGreaterThan(5);
        attached.Select(call => ((ElementReference)call.Arguments[1]!).Id).Distinct().Should().ContainSingle();
        attached.Select(call => ((ElementReference)call.Arguments[2]!).Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void S11_the_elements_play_inline_and_the_picture_is_silent()
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, Call with { State = CallState.Outgoing });
        Find(cut, "remote-video").HasAttribute("playsinline").Should().BeTrue();
        Find(cut, "remote-video").HasAttribute("muted").Should().BeTrue();
        Find(cut, "remote-audio").HasAttribute("autoplay").Should().BeTrue();
        Find(cut, "local-video").HasAttribute("muted").Should().BeTrue();
    }

    [Fact]
    public async Task S11_a_play_button_is_there_only_where_playing_is_blocked_and_attaches_again()
    {
        var (stream, _, session) = await OpenAsync();
        var cut = Render<CallScreen>();
        Report(cut, Manager, Connected(Call, stream));
        Has(cut, "play").Should().BeFalse();

        Page.Raise(session, new { kind = "playback", blocked = true });
        cut.WaitForAssertion(() => Has(cut, "play").Should().BeTrue());
        Find(cut, "play").Click();
        Page.To("attachRemote").Should().HaveCount(2);
        Page.To("attachRemote").Select(call => call.Arguments[1]).Distinct().Should().ContainSingle("the elements are the same");

        Page.Raise(session, new { kind = "playback", blocked = false });
        cut.WaitForAssertion(() => Has(cut, "play").Should().BeFalse());
    }

    [Fact]
    public async Task The_next_calls_stream_is_attached_to_the_same_screen()
    {
        var (first, _, _) = await OpenAsync();
        var (second, _, _) = await OpenAsync();
        var cut = Render<CallScreen>();
        Report(cut, Manager, Connected(Call, first));
        Report(cut, Manager, Connected(Call, second) with { CallId = CallId.Parse("c2") });
        Page.To("attachRemote").Should().HaveCount(2);
        Page.To("detachRemote").Should().ContainSingle();
    }

    [Fact]
    public async Task S13_disposing_in_a_call_unsubscribes_and_lets_go_of_the_stream()
    {
        var (stream, media, _) = await OpenAsync();
        var cut = Render<CallScreen>();
        Report(cut, Manager, Connected(Call, stream) with { LocalMedia = media });
        await DisposeComponentsAsync();
        Manager.HasListeners.Should().BeFalse();
        Page.To("detachRemote").Should().ContainSingle();
        Manager.Report(Connected(Call, stream) with { IsMuted = true });
    }

    [Fact]
    public async Task A_page_that_goes_in_the_middle_of_a_call_breaks_nothing()
    {
        var (stream, media, _) = await OpenAsync();
        var cut = Render<CallScreen>();
        Report(cut, Manager, Call with { State = CallState.Connecting });
        Page.Broken = new JSDisconnectedException("gone");
        cut.Invoking(it => Report(it, Manager, Connected(Call, stream) with { LocalMedia = media })).Should().NotThrow();
        await FluentActions.Awaiting(() => DisposeComponentsAsync()).Should().NotThrowAsync();
    }

    [Fact]
    public void Streams_of_another_engine_are_left_alone()
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, Connected(Call, Moq.Mock.Of<IRemoteStream>()));
        Page.Functions.Should().NotContain("attachRemote");
        Has(cut, "hang-up").Should().BeTrue();
    }

    private static CallSnapshot[] Course(BrowserRemoteStream stream, BrowserLocalMedia media)
    {
        var own = VideoCall with { LocalMedia = media, LocalVideo = VideoSource.Camera };
        return
        [
            VideoCall with { State = CallState.Outgoing },
            own with { State = CallState.Outgoing, IsPeerRinging = true },
            own with { State = CallState.Connecting },
            own with { State = CallState.Connecting, RemoteStream = stream },
            Connected(own, stream),
            Connected(own, stream) with { LocalVideo = VideoSource.Off, IsMuted = true },
            Connected(own, stream) with { PeerVideo = VideoSource.Off, IsPeerMuted = true },
            Connected(own, stream) with { IsReconnecting = true },
            Connected(own, stream) with { LocalVideo = VideoSource.Screen, PeerVideo = VideoSource.Screen },
        ];
    }
}
