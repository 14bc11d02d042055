using Bunit;
using Calls.Blazor.Tests.Doubles;
using Calls.Media;
using Moq;
using static Calls.Blazor.Tests.Doubles.ScriptedManager;

namespace Calls.Blazor.Tests.Components;

public sealed class CallScreenTests : ComponentTest
{
    private IRenderedComponent<CallScreen> Show(CallSnapshot snapshot)
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, snapshot);
        return cut;
    }

    [Theory]
    [InlineData(CallState.Idle, false)]
    [InlineData(CallState.IncomingRinging, false)]
    [InlineData(CallState.Outgoing, true)]
    [InlineData(CallState.Connecting, true)]
    [InlineData(CallState.Connected, true)]
    public void S10_one_screen_from_calling_to_the_end(CallState state, bool shown)
    {
        var cut = Show(Call with { State = state });
        Find(cut, "call-screen").HasAttribute("hidden").Should().Be(!shown);
        if (!shown)
            return;
        foreach (var testId in new[] { "local-video", "remote-video", "remote-audio", "hang-up", "toggle-camera", "toggle-microphone" })
            Has(cut, testId).Should().BeTrue(testId);
        Find(cut, "call-screen").GetAttribute("data-state").Should().Be(state.ToWireName());
        Has(cut, "play").Should().BeFalse();
    }

    [Fact]
    public void S10_what_goes_on_stands_below_the_name()
    {
        var cut = Show(Call with { State = CallState.Outgoing, IsOpeningMedia = true });
        Pass(cut, TimeSpan.FromMilliseconds(250));
        string Status() => Find(cut, "call-status").TextContent;
        Status().Should().Be("Turning on the microphone");
        Report(cut, Manager, Call with { State = CallState.Outgoing });
        Status().Should().Be("Calling");
        Report(cut, Manager, Call with { State = CallState.Outgoing, IsPeerRinging = true });
        Status().Should().Be("Ringing");
        Report(cut, Manager, Call with { State = CallState.Connecting });
        Status().Should().Be("Connecting");
        Report(cut, Manager, Connected(Call));
        Status().Should().Be("Connected");
        Report(cut, Manager, Connected(Call) with { IsReconnecting = true });
        Status().Should().Be("Reconnecting");
        Has(cut, "call-time").Should().BeFalse();
        Find(cut, "call-screen").TextContent.Should().Contain("Bob Marley");
    }

    [Fact]
    public void The_time_runs_by_the_second_and_stops_with_the_call()
    {
        Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddMilliseconds(58_400));
        var cut = Show(Connected(Call));
        string Clock() => Find(cut, "call-time").TextContent;
        Clock().Should().Be("00:58");

        Time.Advance(TimeSpan.FromMilliseconds(600));
        cut.WaitForAssertion(() => Clock().Should().Be("00:59"));
        Time.Advance(TimeSpan.FromSeconds(1));
        cut.WaitForAssertion(() => Clock().Should().Be("01:00"));

        Report(cut, Manager, Ended(Call, CallEndReason.HungUp, CallEndedBy.Peer));
        Has(cut, "call-time").Should().BeFalse();
    }

    [Theory]
    [InlineData("hang-up")]
    [InlineData("toggle-camera")]
    [InlineData("toggle-microphone")]
    public void S10_each_button_calls_the_manager_and_nothing_else(string button)
    {
        Find(Show(Connected(Call)), button).Click();
        Manager.Mock.Verify(manager => manager.EndAsync(It.IsAny<CancellationToken>()), Times.Exactly(button == "hang-up" ? 1 : 0));
        Manager.Mock.Verify(manager => manager.ToggleVideoAsync(It.IsAny<CancellationToken>()), Times.Exactly(button == "toggle-camera" ? 1 : 0));
        Manager.Mock.Verify(manager => manager.ToggleMuteAsync(It.IsAny<CancellationToken>()), Times.Exactly(button == "toggle-microphone" ? 1 : 0));
    }

    [Fact]
    public void A_click_that_comes_after_the_end_is_harmless()
    {
        Manager.Mock.Setup(manager => manager.ToggleMuteAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new InvalidOperationException("No call."));
        Show(Connected(Call)).Invoking(cut => Find(cut, "toggle-microphone").Click()).Should().NotThrow();
    }

    [Fact]
    public void The_switches_say_how_they_stand()
    {
        var cut = Show(Connected(Call) with { IsMuted = true, LocalVideo = VideoSource.Camera });
        Find(cut, "toggle-microphone").GetAttribute("aria-pressed").Should().Be("true");
        Find(cut, "toggle-camera").GetAttribute("aria-pressed").Should().Be("true");
        Report(cut, Manager, Connected(Call));
        Find(cut, "toggle-microphone").GetAttribute("aria-pressed").Should().Be("false");
        Find(cut, "toggle-camera").GetAttribute("aria-pressed").Should().Be("false");
        Find(cut, "hang-up").HasAttribute("aria-pressed").Should().BeFalse();
    }

    [Fact]
    public void Both_sides_muting_is_shown()
    {
        var cut = Show(Connected(Call) with { IsMuted = true, IsPeerMuted = true });
        Find(cut, "peer-muted").TextContent.Should().Contain("Bob Marley is muted");
        Has(cut, "own-muted").Should().BeTrue();
        Report(cut, Manager, Connected(Call));
        Has(cut, "peer-muted").Should().BeFalse();
        Has(cut, "own-muted").Should().BeFalse();
    }

    [Fact]
    public void The_code_is_shown_while_connected_by_its_pictures_and_said_by_their_names()
    {
        VerificationCode code = new(0);
        var cut = Show(VideoCall with { State = CallState.Connecting, VerificationCode = code });
        Has(cut, "call-code").Should().BeFalse("there is nobody to read it to yet");
        Report(cut, Manager, Connected(Call) with { VerificationCode = code });
        Find(cut, "call-code").QuerySelector("summary")!.GetAttribute("aria-label").Should().Be("Security code: dog, dog, dog, dog");
        Find(cut, "call-code").TextContent.Should().Contain("🐶").And.Contain("0000 0000").And.Contain("Bob Marley");
        Report(cut, Manager, Connected(Call));
        Has(cut, "call-code").Should().BeFalse("there is none any more");
    }

    [Fact]
    public async Task The_picture_fills_the_screen_only_while_connected_and_sent()
    {
        var stream = await SeenAsync();
        var cut = Show(VideoCall with { State = CallState.Connecting, PeerVideo = VideoSource.Camera, RemoteStream = stream });
        bool Shows() => Find(cut, "call-screen").ClassList.Contains("with-remote");
        Shows().Should().BeFalse("it is shown as connected only when it is");
        Report(cut, Manager, Connected(VideoCall, stream));
        Shows().Should().BeTrue();
        Report(cut, Manager, Connected(VideoCall, stream) with { PeerVideo = VideoSource.Off });
        Shows().Should().BeFalse("a camera that is off shows a person, not a black picture");
    }

    [Fact]
    public void A_camera_is_mirrored_and_a_screen_is_not()
    {
        var media = Mock.Of<ILocalMedia>();
        var cut = Show(Connected(Call) with { LocalVideo = VideoSource.Camera, LocalMedia = media });
        Find(cut, "call-screen").ClassList.Should().Contain("mirrored").And.Contain("with-local");
        Report(cut, Manager, Connected(Call) with { LocalVideo = VideoSource.Screen, LocalMedia = media });
        Find(cut, "call-screen").ClassList.Should().NotContain("mirrored").And.Contain("with-local");
    }

    [Fact]
    public void B12_a_camera_that_cannot_be_had_is_explained_and_the_call_goes_on()
    {
        var cut = Show(Connected(Call));
        Manager.Report(new CallError(null, CallErrorKind.Video, "no", new MediaException(MediaFailure.PermissionDenied, "no")));
        cut.WaitForAssertion(() => Find(cut, "call-notice").TextContent.Should().Contain("camera is blocked"));
        Report(cut, Manager, Connected(Call) with { LocalVideo = VideoSource.Camera });
        Has(cut, "call-notice").Should().BeFalse("it works now");
    }

    [Fact]
    public void How_it_ended_stays_until_it_is_closed_or_called_again()
    {
        var cut = Show(Ended(Call, CallEndReason.Busy, CallEndedBy.Peer));
        Find(cut, "call-status").TextContent.Should().Be("Bob Marley is in another call");
        Find(cut, "call-screen").GetAttribute("data-reason").Should().Be("busy");
        Has(cut, "hang-up").Should().BeFalse();

        Find(cut, "call-again").Click();
        Manager.Mock.Verify(manager => manager.StartOutgoingAsync("bob", false, It.IsAny<CancellationToken>()), Times.Once);
        Find(cut, "close").Click();
        Find(cut, "call-screen").HasAttribute("hidden").Should().BeTrue();

        Report(cut, Manager, Call with { State = CallState.Outgoing, CallId = CallId.Parse("c2") });
        Find(cut, "call-screen").HasAttribute("hidden").Should().BeFalse("that is a new call");
    }

    [Fact]
    public void A_call_that_rings_over_the_end_of_another_hides_the_screen_and_changes_nothing_else_of_it()
    {
        var cut = Show(Ended(Call, CallEndReason.Busy, CallEndedBy.Peer));
        var before = Find(cut, "call-screen").InnerHtml;
        Report(cut, Manager, Call with { State = CallState.IncomingRinging, CallId = CallId.Parse("c2") });
        Find(cut, "call-screen").HasAttribute("hidden").Should().BeTrue();
        Find(cut, "call-screen").InnerHtml.Should().Be(before, "that moment belongs to the card");

        Report(cut, Manager, Call with { State = CallState.Connecting, CallId = CallId.Parse("c2") });
        Find(cut, "call-screen").HasAttribute("hidden").Should().BeFalse();
        Has(cut, "hang-up").Should().BeTrue();
    }

    [Fact]
    public void A_ringback_tone_sounds_only_while_the_other_side_rings()
    {
        var cut = Show(Call with { State = CallState.Outgoing });
        Page.Functions.Should().NotContain("start");
        Report(cut, Manager, Call with { State = CallState.Outgoing, IsPeerRinging = true });
        Page.To("start").Single().Arguments.Should().Equal("ringback");
        Report(cut, Manager, Call with { State = CallState.Connecting });
        Page.To("stop").Should().ContainSingle();
    }

    [Fact]
    public void A_manager_given_as_a_parameter_takes_the_place_of_the_hosts()
    {
        var other = new ScriptedManager();
        var cut = Render<CallScreen>(parameters => parameters.Add(it => it.Manager, other.Object));
        Report(cut, other, Call with { State = CallState.Outgoing });
        Has(cut, "call-screen").Should().BeTrue();
        Manager.HasListeners.Should().BeFalse();
    }
}
