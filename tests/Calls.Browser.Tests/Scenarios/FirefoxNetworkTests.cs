using Calls.Browser.Tests.Harness;
using Calls.Browser.Tests.Harness.Firefox;
using Calls.Media.WebRtc.Tests;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>B33 with a stock Firefox on either side, over either transport.</summary>
[Collection(OnFirefoxStage.Name)]
public sealed class FirefoxNetworkTests(Stage stage, FirefoxStage firefox)
{
    private const string Reconnects = "() => probe.byTestId('call-screen').classList.contains('reconnecting')";
    private const string GoesOn = "() => !probe.byTestId('call-screen').classList.contains('reconnecting')";
    private const string Generation = "probe.peers[0].localDescription.sdp.match(/a=ice-ufrag:(\\S+)/)[1]";

    [Theory]
    [InlineData(true, "&transport=signalr")]
    [InlineData(false, "")]
    public async Task B33_a_lost_connection_is_mended_by_an_ice_restart_and_pictures_and_sound_go_on(bool firefoxCalls, string query)
    {
        await using var cast = await new Cast(stage).OnAsync();
        await using var fox = await FirefoxPage.NewAsync(firefox.Browser, stage.Somebody("alice"));
        await fox.SignInAsync(cast.Server, query);
        var chromium = await cast.PersonAsync("bob");
        await Cast.MeetAsync(fox, chromium);
        (await fox.AskAsync<bool>("performance.getEntriesByType('resource').some(one => one.name.includes('/calls/hub'))")).Should().Be(query.Length > 0);
        ProbedPage[] pages = [fox, chromium];
        await (firefoxCalls ? Cast.AgainAsync(fox, chromium, video: true) : Cast.AgainAsync(chromium, fox, video: true));
        await Task.WhenAll(pages.Select(page => page.PictureAsync()));
        var before = await Task.WhenAll(pages.Select(page => page.AskAsync<string>(Generation)));

        await using (await PacketFilter.LoseAllAsync())
            await Task.WhenAll(pages.Select(page => page.WaitAsync(Reconnects)));

        await Task.WhenAll(pages.Select(page => page.WaitAsync(GoesOn)));
        foreach (var page in pages)
        {
            var frames = await page.AskAsync<int>("probe.frames");
            await page.WaitAsync($"() => probe.frames > {frames + 10}");
            await page.SoundAsync();
            (await page.AskAsync<int>("probe.peers.length")).Should().Be(1, "the connection is mended and not replaced");
            (await page.StatesAsync()).Should().EndWith("connected");
        }

        (await Task.WhenAll(pages.Select(page => page.AskAsync<string>(Generation)))).Should().NotIntersectWith(before, "both began a new generation");
        await chromium.PressAsync("hang-up");
        await Task.WhenAll(pages.Select(page => page.EndAsync("hung-up")));
    }
}
