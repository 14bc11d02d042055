using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>The very same page, run by Blazor Server.</summary>
[Collection(OnStage.Name)]
public sealed class BlazorServerTests(Stage stage)
{
    private const string OnServer = "&render=server";

    [Fact]
    public async Task A_server_that_listens_on_every_address_reaches_itself()
    {
        await using var cast = await new Cast(stage).OnAsync("--urls=http://*:0");
        var alice = await cast.PersonAsync("alice", query: OnServer);
        var bob = await cast.PersonAsync("bob", query: OnServer);
        await Cast.MeetAsync(alice, bob);
    }

    [Theory]
    [InlineData(OnServer, "")]
    [InlineData("", OnServer)]
    [InlineData(OnServer, OnServer)]
    public async Task S14_a_video_call_with_a_page_on_Blazor_Server(string callerQuery, string calleeQuery)
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await cast.PersonAsync("alice", query: callerQuery);
        var callee = await cast.PersonAsync("bob", Device.Phone, query: calleeQuery);
        await Cast.MeetAsync(caller, callee);

        await caller.CallAsync(callee, video: true);
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("accept");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));
        foreach (var page in cast.Pages)
        {
            await page.SoundAsync();
            await page.PictureAsync();
        }

        await callee.PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));
        (await caller.StatesAsync()).Should().StartWith(["idle", "outgoing", "connecting", "connected", "ended"]);
        (await callee.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "connecting", "connected", "ended"]);
        foreach (var page in cast.Pages)
            await Traces.NothingIsLeftAsync(page, video: true);
    }
}
