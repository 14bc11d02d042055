using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>The main job: a stranger opens the page in two tabs of one browser, and one person calls the other.</summary>
[Collection(OnStage.Name)]
public sealed class TwoTabsTests(Stage stage)
{
    [Theory]
    [InlineData("")]
    [InlineData("?render=server")]
    public async Task Two_tabs_of_one_browser_are_two_people_and_call_each_other(string query)
    {
        await using var cast = await new Cast(stage).OnAsync("--Sample:DevelopmentSignIn=false");
        var browser = await cast.ContextAsync();
        var alice = await SignInAsync(browser, "Alice", query);
        var bob = await SignInAsync(browser, "Bob", query);
        await Cast.MeetAsync(alice, bob);

        await alice.CallAsync(bob, video: true);
        await bob.Element("incoming").WaitForAsync();
        (await bob.Element("incoming").InnerTextAsync()).Should().Contain(alice.User, "the name is shown as it was typed");
        await bob.PressAsync("accept");
        await Task.WhenAll(alice.StateAsync("connected"), bob.StateAsync("connected"));
        await alice.PictureAsync();
        await bob.PictureAsync();
        (await CodeAsync(alice)).Should().MatchRegex("^[0-9]{4} [0-9]{4}$").And.Be(await CodeAsync(bob), "nobody sits between them");
        await bob.PressAsync("hang-up");
        await Task.WhenAll(alice.EndAsync("hung-up"), bob.EndAsync("hung-up"));

        static async Task<string> CodeAsync(CallPage page)
        {
            await page.Element("call-code").Locator("summary").ClickAsync();
            return await page.Element("call-code-digits").InnerTextAsync();
        }

        async Task<CallPage> SignInAsync(IBrowserContext context, string name, string address)
        {
            var page = await CallPage.NewAsync(context, stage.Somebody(name.ToLowerInvariant()));
            await page.Page.GotoAsync(new Uri(cast.Server.Address, address).ToString());
            await page.Element("name").FillAsync(page.User);
            await page.PressAsync("sign-in");
            await page.Element("me").WaitForAsync();
            return page;
        }
    }

    [Fact]
    public async Task A_duplicated_tab_is_another_device_and_does_not_push_the_first_one_out()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var alice = await cast.PersonAsync("alice");
        var bob = await cast.PersonAsync("bob");
        await Cast.MeetAsync(alice, bob);
        // A page that opens a window gives it a copy of its sessionStorage, as "Duplicate tab" does.
        var copy = await alice.Page.RunAndWaitForPopupAsync(() => alice.Page.EvaluateAsync("void window.open(location.pathname)"));
        await copy.GetByTestId($"person-{bob.User}").WaitForAsync();

        var devices = new[] { await DeviceOf(alice.Page), await DeviceOf(copy) };
        devices[0].Should().NotBe(devices[1]);
        (await alice.Element("offline").CountAsync()).Should().Be(0);

        static Task<string> DeviceOf(IPage page) => page.EvaluateAsync<string>("JSON.parse(sessionStorage.getItem('calls-sample-tab')).device");
    }
}
