using Calls.Browser.Tests.Harness;
using Calls.Browser.Tests.Harness.Firefox;
using Calls.Media.WebRtc.Tests;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>
/// A stock Firefox whose network is away. Where its ICE has failed meanwhile, an ICE restart leads to "connected" and to no packet: its DTLS has failed too, for good. So the connection is
/// replaced.
/// </summary>
[Collection(OnFirefoxStage.Name)]
public sealed class FirefoxNetworkTests(Stage stage, FirefoxStage firefox)
{
    private const string HasReplaced = "() => probe.peers.length > 1";

    [Theory]
    [InlineData(false, "", false)]
    [InlineData(false, "", true)]
    [InlineData(true, "&transport=signalr", true)]
    public async Task B33_B37_a_lost_connection_is_mended_or_replaced_and_pictures_and_sound_go_on(bool firefoxCalls, string query, bool untilItHasGivenUp)
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

        await using (await PacketFilter.LoseAllAsync())
        {
            await Task.WhenAll(pages.Select(page => page.ReconnectsAsync()));
            if (untilItHasGivenUp)
                await Task.WhenAll(pages.Select(page => page.WaitAsync(HasReplaced)));
        }

        await Task.WhenAll(pages.Select(page => page.GoesOnAsync()));
        var peers = await Task.WhenAll(pages.Select(page => page.AskAsync<int>("probe.peers.length")));
        peers.Distinct().Should().ContainSingle("a new connection wants one on the other side too");
        foreach (var page in pages)
        {
            var frames = await page.AskAsync<int>("probe.frames");
            await page.WaitAsync($"() => probe.frames > {frames + 10}");
            await page.SoundAsync();
            (await page.AskAsync<string>("probe.mediaRequests.join()")).Should().Be("audio+video", "the devices stay open");
            (await page.StatesAsync()).Should().EndWith("connected");
        }

        await chromium.PressAsync("hang-up");
        await Task.WhenAll(pages.Select(page => page.EndAsync("hung-up")));
    }
}
