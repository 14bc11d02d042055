using Bunit;
using Calls.Blazor.Tests.Doubles;
using Microsoft.JSInterop;
using Moq;

namespace Calls.Blazor.Tests.Components;

public sealed class IncomingCallTests : ComponentTest
{
    private static readonly CallSnapshot Voice = ScriptedManager.Call with { State = CallState.IncomingRinging, Role = CallRole.Callee };
    private static readonly CallSnapshot Video = Voice with { IsVideoCall = true };

    private IRenderedComponent<IncomingCall> Ring(CallSnapshot call, bool ringtone = true)
    {
        var cut = Render<IncomingCall>(parameters => parameters.Add(it => it.Ringtone, ringtone));
        Report(cut, Manager, call);
        return cut;
    }

    [Fact]
    public void S9_a_dialog_says_who_calls_and_how()
    {
        var cut = Ring(Voice);
        var dialog = Find(cut, "incoming");
        dialog.GetAttribute("role").Should().Be("alertdialog");
        dialog.GetAttribute("aria-modal").Should().Be("true");
        var label = cut.Find("#" + dialog.GetAttribute("aria-labelledby"));
        label.TextContent.Should().Contain("Incoming call from").And.Contain("Bob Marley");

        Report(cut, Manager, Video);
        Find(cut, "incoming").TextContent.Should().Contain("Incoming video call from");
    }

    [Theory]
    [InlineData(CallState.Idle)]
    [InlineData(CallState.Outgoing)]
    [InlineData(CallState.Connecting)]
    [InlineData(CallState.Connected)]
    [InlineData(CallState.Ended)]
    [InlineData(CallState.Failed)]
    public void S9_there_is_no_dialog_in_any_other_state(CallState state)
    {
        var cut = Ring(Voice);
        Report(cut, Manager, Voice with { State = state });
        Has(cut, "incoming").Should().BeFalse();
    }

    [Fact]
    public void A_card_that_nobody_sees_is_not_drawn_anew()
    {
        var cut = Render<IncomingCall>();
        var before = cut.RenderCount;
        Report(cut, Manager, Voice with { State = CallState.Outgoing });
        Report(cut, Manager, Voice with { State = CallState.Connected });
        cut.RenderCount.Should().Be(before);
    }

    [Fact]
    public void S9_accept_takes_the_call_as_it_was_asked_for()
    {
        Find(Ring(Video), "accept").Click();
        Manager.Mock.Verify(manager => manager.AcceptIncomingAsync(true, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public void S9_a_voice_call_is_accepted_without_a_camera_and_offers_no_other_choice()
    {
        var cut = Ring(Voice);
        Has(cut, "accept-voice").Should().BeFalse();
        Find(cut, "accept").Click();
        Manager.Mock.Verify(manager => manager.AcceptIncomingAsync(false, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public void S9_a_video_call_may_be_accepted_without_a_camera()
    {
        Find(Ring(Video), "accept-voice").Click();
        Manager.Mock.Verify(manager => manager.AcceptIncomingAsync(false, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public void S9_decline_rejects()
    {
        Find(Ring(Voice), "decline").Click();
        Manager.Mock.Verify(manager => manager.RejectAsync(It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public void B19_once_decided_there_is_nothing_left_to_click_and_the_next_call_may_be_decided_again()
    {
        Manager.Mock.Setup(manager => manager.AcceptIncomingAsync(false, It.IsAny<CancellationToken>())).Returns(new TaskCompletionSource().Task);
        var cut = Ring(Voice);
        Find(cut, "accept").Click();
        Find(cut, "decline").HasAttribute("disabled").Should().BeTrue();
        Find(cut, "accept").HasAttribute("disabled").Should().BeTrue();

        Report(cut, Manager, Voice with { CallId = CallId.Parse("c2") });
        Find(cut, "decline").HasAttribute("disabled").Should().BeFalse();
    }

    [Fact]
    public void S9_the_ringtone_starts_and_stops_with_the_state()
    {
        var cut = Ring(Voice);
        Page.To("start").Single().Arguments.Should().Equal("incoming");
        Page.To("stop").Should().BeEmpty();

        Report(cut, Manager, Voice with { State = CallState.Connecting });
        Page.To("stop").Should().ContainSingle();
    }

    [Fact]
    public void S9_the_ringtone_stops_with_the_click_and_not_only_with_the_state()
    {
        var cut = Ring(Voice);
        Find(cut, "accept").Click();
        Page.To("stop").Should().ContainSingle();
    }

    [Fact]
    public void The_ringtone_may_be_off()
    {
        Ring(Voice, ringtone: false);
        Page.Functions.Should().NotContain("start");
    }

    [Fact]
    public async Task The_ringtone_stops_when_the_component_goes_also_while_it_is_being_loaded()
    {
        var loading = new TaskCompletionSource<object?>();
        Page.Does("createRinger", _ => loading.Task);
        Ring(Voice);
        var disposing = DisposeComponentsAsync();
        loading.SetResult(Page.NewReference("createRinger"));
        await disposing;

        Page.Functions.Where(function => function is "start" or "stop").LastOrDefault().Should().NotBe("start");
    }

    [Fact]
    public void The_keyboard_goes_into_the_dialog_and_back()
    {
        var cut = Ring(Voice);
        Page.To("enter").Should().ContainSingle();
        Report(cut, Manager, Voice with { IsOpeningMedia = true });
        Page.To("enter").Should().ContainSingle("it is there already");

        Report(cut, Manager, CallSnapshot.Idle);
        Page.To("leave").Should().ContainSingle();
    }

    [Fact]
    public async Task S13_disposing_unsubscribes_and_a_page_that_is_gone_is_no_trouble()
    {
        Ring(Voice);
        Page.Broken = new JSDisconnectedException("gone");
        await FluentActions.Awaiting(() => DisposeComponentsAsync()).Should().NotThrowAsync();
        Manager.HasListeners.Should().BeFalse();
    }

    [Fact]
    public void A_page_without_sound_or_focus_still_rings()
    {
        Page.Broken = new JSException("The module could not be loaded");
        Has(Ring(Voice), "accept").Should().BeTrue();
    }

    [Fact]
    public void The_host_says_what_people_are_called_and_which_words_are_used()
    {
        var cut = Render<IncomingCall>(parameters => parameters
            .Add(it => it.NameOf, call => $"Chat {call.ChatId}").Add(it => it.Texts, new Shouting()));
        Report(cut, Manager, Voice);
        Find(cut, "incoming").TextContent.Should().Contain("Chat bob").And.Contain("TAKE IT");
    }

    private sealed class Shouting : CallTexts
    {
        public override string Accept => "TAKE IT";
    }
}
