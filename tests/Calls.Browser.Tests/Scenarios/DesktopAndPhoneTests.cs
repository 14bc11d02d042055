using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>S14: both directions, with video and with voice only, from the click to the last track.</summary>
[Collection(OnStage.Name)]
public sealed class DesktopAndPhoneTests(Stage stage)
{
    private const string SignalR = "&transport=signalr";

    [Theory]
    [InlineData(Device.Desktop, Device.Phone, true, true)]
    [InlineData(Device.Desktop, Device.Phone, false, false)]
    [InlineData(Device.Phone, Device.Desktop, true, false)]
    [InlineData(Device.Phone, Device.Desktop, false, true)]
    [InlineData(Device.Desktop, Device.Phone, true, true, SignalR, SignalR)]
    [InlineData(Device.Desktop, Device.Phone, false, false, SignalR, SignalR)]
    [InlineData(Device.Phone, Device.Desktop, true, false, SignalR, SignalR)]
    [InlineData(Device.Phone, Device.Desktop, false, true, SignalR, SignalR)]
    [InlineData(Device.Desktop, Device.Phone, true, true, SignalR)]
    [InlineData(Device.Desktop, Device.Phone, true, false, "", SignalR)]
    public async Task S14_B1_B2_B3_a_call_connects_with_sound_and_picture_and_leaves_nothing_behind(
        Device from, Device to, bool video, bool callerHangsUp, string callerBy = "", string calleeBy = "")
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await cast.PersonAsync("alice", from, query: callerBy);
        var callee = await cast.PersonAsync("bob", to, query: calleeBy);
        await Cast.MeetAsync(caller, callee);

        await caller.CallAsync(callee, video);
        await callee.StateAsync("incoming_ringing");
        await callee.Element("incoming").WaitForAsync();
        (await callee.AskAsync<int>("probe.mediaRequests.length")).Should().Be(0, "nothing is opened before Accept");
        (await callee.AskAsync<int>("probe.peers.length")).Should().Be(0, "no peer connection before Accept");
        await callee.PressAsync("accept");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));

        foreach (var page in cast.Pages)
        {
            await page.Element("call-screen").WaitForAsync();
            await page.SoundAsync();
            if (video)
                await page.PictureAsync();
            else
                (await page.AskAsync<long>("probe.sent('video')")).Should().Be(0, "a voice call sends no picture");
        }

        await (callerHangsUp ? caller : callee).PressAsync("hang-up");
        await Task.WhenAll(caller.EndAsync("hung-up"), callee.EndAsync("hung-up"));

        (await caller.StatesAsync()).Should().StartWith(["idle", "outgoing", "connecting", "connected", "ended"]);
        (await callee.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "connecting", "connected", "ended"]);
        foreach (var page in cast.Pages)
            await Traces.NothingIsLeftAsync(page, video);
    }
}
