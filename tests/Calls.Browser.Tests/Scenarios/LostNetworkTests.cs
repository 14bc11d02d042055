using Calls.Browser.Tests.Harness;
using Calls.Media.WebRtc.Tests;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>Two browsers whose network is away for a while.</summary>
[Collection(OnStage.Name)]
public sealed class LostNetworkTests(Stage stage)
{
    private const string Generation = "probe.peers[0].localDescription.sdp.match(/a=ice-ufrag:(\\S+)/)[1]";

    [Fact]
    public async Task B33_a_lost_connection_is_mended_by_an_ice_restart_and_pictures_and_sound_go_on()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (alice, bob) = (await cast.PersonAsync("alice"), await cast.PersonAsync("bob"));
        ProbedPage[] pages = [alice, bob];
        await Cast.MeetAsync(alice, bob);
        await Cast.AgainAsync(alice, bob, video: true);
        await Task.WhenAll(pages.Select(page => page.PictureAsync()));
        var before = await Task.WhenAll(pages.Select(page => page.AskAsync<string>(Generation)));

        await using (await PacketFilter.LoseAllAsync())
            await Task.WhenAll(pages.Select(page => page.ReconnectsAsync()));

        await Task.WhenAll(pages.Select(page => page.GoesOnAsync()));
        foreach (var page in pages)
        {
            var frames = await page.AskAsync<int>("probe.frames");
            await page.WaitAsync($"() => probe.frames > {frames + 10}");
            await page.SoundAsync();
            (await page.AskAsync<int>("probe.peers.length")).Should().Be(1, "the connection is mended and not replaced");
            (await page.StatesAsync()).Should().EndWith("connected");
        }

        (await Task.WhenAll(pages.Select(page => page.AskAsync<string>(Generation)))).Should().NotIntersectWith(before, "both began a new generation");
        await bob.PressAsync("hang-up");
        await Task.WhenAll(pages.Select(page => page.EndAsync("hung-up")));
    }
}
