using Bunit;
using Calls.Blazor.Tests.Doubles;
using Moq;

namespace Calls.Blazor.Tests.Components;

public sealed class CallButtonsTests : ComponentTest
{
    private IRenderedComponent<CallButtons> Show(bool disabled = false)
        => Render<CallButtons>(parameters => parameters.Add(it => it.ChatId, "bob").Add(it => it.ChatName, "Bob").Add(it => it.Disabled, disabled));

    [Theory]
    [InlineData("call-voice-bob", false)]
    [InlineData("call-video-bob", true)]
    public void S8_a_click_starts_the_call_through_the_manager(string button, bool video)
    {
        var cut = Show();
        Find(cut, button).Click();
        Manager.Mock.Verify(manager => manager.StartOutgoingAsync("bob", video, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Theory]
    [InlineData(CallState.Outgoing, true)]
    [InlineData(CallState.IncomingRinging, true)]
    [InlineData(CallState.Connecting, true)]
    [InlineData(CallState.Connected, true)]
    [InlineData(CallState.Ended, false)]
    [InlineData(CallState.Failed, false)]
    [InlineData(CallState.Idle, false)]
    public void The_buttons_are_off_while_a_call_is_under_way(CallState state, bool off)
    {
        var cut = Show();
        Report(cut, Manager, ScriptedManager.Call with { State = state });
        Find(cut, "call-voice-bob").HasAttribute("disabled").Should().Be(off);
        Find(cut, "call-video-bob").HasAttribute("disabled").Should().Be(off);
    }

    [Fact]
    public void The_host_may_turn_them_off() => Find(Show(disabled: true), "call-voice-bob").HasAttribute("disabled").Should().BeTrue();

    [Fact]
    public void Each_button_says_what_it_does()
    {
        var cut = Show();
        Find(cut, "call-voice-bob").GetAttribute("aria-label").Should().Be("Call Bob");
        Find(cut, "call-video-bob").GetAttribute("aria-label").Should().Be("Video call Bob");
    }

    [Fact]
    public void A_call_that_ends_before_its_offer_is_sent_breaks_nothing_here()
    {
        Manager.Mock.Setup(manager => manager.StartOutgoingAsync("bob", false, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new CallException("The call ended."));
        var cut = Show();
        cut.Invoking(it => Find(it, "call-voice-bob").Click()).Should().NotThrow();
    }

    [Fact]
    public async Task S13_disposing_unsubscribes()
    {
        Show();
        Manager.HasListeners.Should().BeTrue();
        await DisposeComponentsAsync();
        Manager.HasListeners.Should().BeFalse();
    }
}
