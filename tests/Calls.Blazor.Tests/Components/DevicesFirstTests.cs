using Bunit;
using Calls.Blazor.Parts;
using Calls.Blazor.Tests.Doubles;

namespace Calls.Blazor.Tests.Components;

/// <summary>While the devices open, and while a connected call waits for its picture: nothing large is drawn that would be gone again within a quarter of a second.</summary>
public sealed class DevicesFirstTests : ComponentTest
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(250);
    private static readonly CallSnapshot Opening = ScriptedManager.Call with { State = CallState.Outgoing, IsOpeningMedia = true };

    [Fact]
    public void The_screen_of_a_call_that_begins_comes_a_quarter_of_a_second_later_and_with_what_is_true_then()
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, Opening);
        Report(cut, Manager, Opening with { IsPeerRinging = true, IsOpeningMedia = false });
        Report(cut, Manager, Opening with { IsOpeningMedia = false });
        Pass(cut, Brief - TimeSpan.FromMilliseconds(1));
        IsHidden(cut).Should().BeTrue();
        var before = cut.RenderCount;
        Pass(cut, TimeSpan.FromMilliseconds(1));
        IsHidden(cut).Should().BeFalse();
        Find(cut, "call-status").TextContent.Should().Be("Calling");
        cut.RenderCount.Should().Be(before + 1, "what was true in between needs no drawing");
    }

    [Fact]
    public void Each_step_that_comes_in_time_lets_the_next_one_come_as_well()
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, Opening);
        foreach (var step in new[] { Opening with { IsOpeningMedia = false }, Opening with { IsOpeningMedia = false, State = CallState.Connecting } })
        {
            Pass(cut, Brief - TimeSpan.FromMilliseconds(1));
            Report(cut, Manager, step);
            IsHidden(cut).Should().BeTrue();
        }

        Pass(cut, Brief);
        Find(cut, "call-status").TextContent.Should().Be("Connecting");
    }

    [Fact]
    public async Task A_connected_call_is_drawn_with_its_first_picture_and_has_sound_before()
    {
        var (stream, _, session) = await OpenAsync();
        var cut = Render<CallScreen>();
        Report(cut, Manager, Opening);
        Report(cut, Manager, ScriptedManager.Connected(ScriptedManager.VideoCall, stream));
        IsHidden(cut).Should().BeTrue();
        Page.To("attachRemote").Should().ContainSingle("sound does not wait for a picture");

        Page.Raise(session, Picture);
        cut.WaitForAssertion(() => Find(cut, "call-screen").GetAttribute("data-state").Should().Be("connected"));
        Find(cut, "call-screen").ClassList.Should().Contain("with-remote");
        Page.To("attachRemote").Should().ContainSingle();
    }

    [Fact]
    public async Task Where_no_picture_comes_a_connected_call_is_drawn_a_quarter_of_a_second_later_and_shows_the_person()
    {
        var (stream, _, session) = await OpenAsync();
        var cut = Render<CallScreen>();
        Report(cut, Manager, Opening);
        Report(cut, Manager, ScriptedManager.Connected(ScriptedManager.VideoCall, stream));
        Report(cut, Manager, ScriptedManager.Connected(ScriptedManager.VideoCall, stream) with { IsPeerMuted = true });
        Pass(cut, Brief - TimeSpan.FromMilliseconds(1));
        IsHidden(cut).Should().BeTrue();
        Pass(cut, TimeSpan.FromMilliseconds(1));
        Find(cut, "call-screen").ClassList.Should().Contain("takes-remote").And.NotContain("with-remote", "a picture that is not there would be black");
        Has(cut, "peer-muted").Should().BeTrue();

        Page.Raise(session, Picture);
        cut.WaitForAssertion(() => Find(cut, "call-screen").ClassList.Should().Contain("with-remote"));
    }

    [Fact]
    public async Task A_call_without_a_picture_to_come_is_drawn_when_it_is_connected()
    {
        var (stream, _, _) = await OpenAsync();
        var cut = Render<CallScreen>();
        Report(cut, Manager, Opening);
        Report(cut, Manager, ScriptedManager.Connected(ScriptedManager.Call, stream));
        IsHidden(cut).Should().BeFalse();
    }

    [Fact]
    public void The_card_is_made_before_anybody_rings_and_not_to_be_found()
    {
        var cut = Render<IncomingCall>();
        var buttons = cut.FindComponents<CallAction>().Select(button => button.Instance).ToArray();
        Has(cut, "incoming").Should().BeFalse();
        Find(cut, "accept").Closest("[hidden]").Should().NotBeNull();
        Report(cut, Manager, ScriptedManager.VideoCall with { State = CallState.IncomingRinging, Role = CallRole.Callee });
        Find(cut, "incoming").Closest("[hidden]").Should().BeNull();
        cut.FindComponents<CallAction>().Select(button => button.Instance).Should().Equal(buttons).And.HaveCount(3);
        Report(cut, Manager, CallSnapshot.Idle);
        Has(cut, "incoming").Should().BeFalse();
    }

    [Fact]
    public void Card_and_screen_change_places_in_one_moment()
    {
        var ringing = ScriptedManager.Call with { State = CallState.IncomingRinging, Role = CallRole.Callee };
        var overlay = Render<CallOverlay>();
        Report(overlay, Manager, ringing);
        Has(overlay, "incoming").Should().BeTrue("it rings at once");
        Report(overlay, Manager, ringing with { State = CallState.Connecting, IsOpeningMedia = true });
        (Has(overlay, "incoming"), IsHidden(overlay)).Should().Be((true, true));
        Pass(overlay, Brief);
        (Has(overlay, "incoming"), IsHidden(overlay)).Should().Be((false, false));
    }

    [Theory]
    [InlineData(CallState.Connected)]
    [InlineData(CallState.Ended)]
    [InlineData(CallState.Failed)]
    public void What_came_of_it_is_shown_at_once_and_stays(CallState state)
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, Opening);
        Report(cut, Manager, state == CallState.Connected
            ? ScriptedManager.Connected(ScriptedManager.Call)
            : ScriptedManager.Ended(ScriptedManager.Call, state == CallState.Ended ? CallEndReason.HungUp : CallEndReason.MediaFailed, CallEndedBy.Me) with { State = state });
        Find(cut, "call-screen").GetAttribute("data-state").Should().Be(state.ToWireName());
        Pass(cut, Brief);
        Find(cut, "call-screen").GetAttribute("data-state").Should().Be(state.ToWireName());
    }

    [Fact]
    public void The_next_call_waits_again()
    {
        var cut = Render<CallScreen>();
        Report(cut, Manager, Opening);
        Pass(cut, Brief);
        Report(cut, Manager, CallSnapshot.Idle);
        IsHidden(cut).Should().BeTrue();
        Report(cut, Manager, Opening with { CallId = CallId.Parse("c2") });
        IsHidden(cut).Should().BeTrue();
        Pass(cut, Brief);
        IsHidden(cut).Should().BeFalse();
    }

    [Fact]
    public void A_screen_that_nobody_sees_is_not_drawn_anew_when_it_rings_and_has_its_buttons_before()
    {
        var cut = Render<CallScreen>();
        var buttons = cut.FindComponents<CallAction>().Select(button => button.Instance).ToArray();
        var before = cut.RenderCount;
        Report(cut, Manager, ScriptedManager.Call with { State = CallState.IncomingRinging, Role = CallRole.Callee });
        cut.RenderCount.Should().Be(before);
        Report(cut, Manager, Opening);
        Pass(cut, Brief);
        cut.FindComponents<CallAction>().Select(button => button.Instance).Should().Equal(buttons, "to make them now would take time that the devices need").And.NotBeEmpty();
    }

    [Fact]
    public void The_buttons_that_began_it_are_off_at_once()
    {
        var cut = Render<CallButtons>(parameters => parameters.Add(it => it.ChatId, "bob"));
        Report(cut, Manager, Opening);
        Find(cut, "call-voice-bob").HasAttribute("disabled").Should().BeTrue();
    }

    private static bool IsHidden<T>(IRenderedComponent<T> cut)
        where T : Microsoft.AspNetCore.Components.IComponent => Find(cut, "call-screen").HasAttribute("hidden");
}
