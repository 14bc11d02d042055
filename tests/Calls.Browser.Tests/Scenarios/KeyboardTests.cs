using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>Everything can be done without a mouse, and everything has a name for a screen reader.</summary>
[Collection(OnStage.Name)]
public sealed class KeyboardTests(Stage stage)
{
    [Fact]
    public async Task Sign_in_call_accept_and_hang_up_by_keyboard_alone()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await CallPage.NewAsync(await cast.ContextAsync(), stage.Somebody("alice"));
        await caller.Page.GotoAsync(cast.Server.Address.ToString());
        await caller.Element("name").WaitForAsync();
        await caller.TabToAsync("name");
        await caller.Page.Keyboard.TypeAsync(caller.User);
        await caller.Page.Keyboard.PressAsync("Enter");
        await caller.Element("me").WaitForAsync();
        var callee = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);

        await caller.TabToAsync($"call-video-{callee.User}");
        await caller.Page.Keyboard.PressAsync("Enter");
        await callee.StateAsync("incoming_ringing");
        await callee.TabToAsync("accept");
        await callee.Page.Keyboard.PressAsync("Enter");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));

        await caller.TabToAsync("hang-up");
        await caller.Page.Keyboard.PressAsync("Enter");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
    }

    [Fact]
    public async Task Every_button_and_field_has_a_name_in_every_screen()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await CallPage.NewAsync(await cast.ContextAsync(), stage.Somebody("alice"));
        await caller.Page.GotoAsync(cast.Server.Address.ToString());
        await caller.Element("name").WaitForAsync();
        await NamedAsync(caller);
        await caller.SignInAsync(cast.Server);
        var callee = await cast.PersonAsync("bob", Device.Phone);
        await Cast.MeetAsync(caller, callee);
        await NamedAsync(caller);
        await caller.CallAsync(callee, video: true);
        await callee.Element("incoming").WaitForAsync();
        await NamedAsync(callee);
        await callee.PressAsync("accept");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));
        await NamedAsync(caller);
        await NamedAsync(callee);
    }

    private static async Task NamedAsync(CallPage page)
    {
        var nameless = await page.AskAsync<string[]>("""
            [...document.querySelectorAll('button, input, a')]
              .filter(element => element.checkVisibility())
              .filter(element => !(element.getAttribute('aria-label') || element.innerText?.trim() || element.labels?.[0]?.innerText.trim() || element.title))
              .map(element => element.outerHTML)
            """);
        nameless.Should().BeEmpty();
    }
}
