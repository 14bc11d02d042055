using Bunit;
using Calls.Media;
using Moq;
using static Calls.Blazor.Tests.Doubles.ScriptedManager;

namespace Calls.Blazor.Tests.Components;

public sealed class HoldAndScreenTests : ComponentTest
{
    private IRenderedComponent<CallScreen> Show(CallSnapshot snapshot)
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, snapshot);
        return cut;
    }

    [Fact]
    public void B11_hold_is_there_only_in_a_connected_call_and_calls_the_manager()
    {
        var cut = Show(Call with { State = CallState.Connecting });
        Has(cut, "toggle-hold").Should().BeFalse();
        Report(cut, Manager, Connected(Call));
        Find(cut, "toggle-hold").TextContent.Should().Contain("Hold");
        Find(cut, "toggle-hold").Click();
        Manager.Mock.Verify(manager => manager.ToggleHoldAsync(It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task B11_a_call_on_hold_says_so_and_shows_no_picture()
    {
        var talking = Connected(VideoCall, await SeenAsync());
        var cut = Show(talking with { IsOnHold = true });
        Find(cut, "call-status").TextContent.Should().Be("On hold");
        Find(cut, "toggle-hold").TextContent.Should().Contain("Resume");
        Find(cut, "call-screen").ClassList.Should().NotContain("with-remote");
        Has(cut, "call-time").Should().BeFalse();

        Report(cut, Manager, talking with { IsPeerHolding = true });
        Find(cut, "call-status").TextContent.Should().Be("Bob Marley has put you on hold");
        Find(cut, "toggle-hold").TextContent.Should().Contain("Hold");
        Report(cut, Manager, talking);
        Find(cut, "call-screen").ClassList.Should().Contain("with-remote");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B10_the_screen_button_is_there_only_where_the_browser_can(bool can)
    {
        Page.Answers("open", new { video = "off", sharesScreen = can });
        var media = await new BrowserMediaSource(Page).OpenAsync(new MediaRequest(Video: false));
        var cut = Show(Connected(Call) with { LocalMedia = media });
        Has(cut, "toggle-screen").Should().Be(can);
        if (!can)
            return;
        Find(cut, "toggle-screen").GetAttribute("aria-pressed").Should().Be("false");
        Find(cut, "toggle-screen").Click();
        Manager.Mock.Verify(manager => manager.ToggleScreenShareAsync(It.IsAny<CancellationToken>()), Times.Once);
        Report(cut, Manager, Connected(Call) with { LocalMedia = media, LocalVideo = VideoSource.Screen });
        Find(cut, "toggle-screen").GetAttribute("aria-pressed").Should().Be("true");
        Find(cut, "toggle-camera").GetAttribute("aria-pressed").Should().Be("false");
        Has(cut, "own-screen").Should().BeTrue();
    }

    [Fact]
    public async Task B10_a_shared_screen_is_named_and_shown_whole()
    {
        var cut = Show(Connected(Call, await SeenAsync()) with { PeerVideo = VideoSource.Screen });
        Find(cut, "peer-screen").TextContent.Should().Contain("Bob Marley shares the screen");
        Find(cut, "call-screen").ClassList.Should().Contain("whole-remote");
    }

    [Fact]
    public void B10_a_share_that_was_not_granted_is_told()
    {
        var cut = Show(Connected(Call));
        Manager.Report(new CallError(Call.CallId, CallErrorKind.Screen, "no", new MediaException(MediaFailure.PermissionDenied, "no")));
        cut.WaitForAssertion(() => Find(cut, "call-notice").TextContent.Should().Be("Your screen is not shared."));
    }
}
