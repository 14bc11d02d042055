namespace Calls.Browser.Tests.Harness;

/// <summary>What a finished call may leave in a page: nothing (S3, S11, S13).</summary>
public static class Traces
{
    /// <summary>One peer connection, closed; devices opened once, and stopped; the same elements and the same stream from beginning to end.</summary>
    /// <param name="page">The page.</param>
    /// <param name="video">Whether the camera was asked for.</param>
    /// <param name="connected">Whether the call got so far as to show the other side.</param>
    public static async Task NothingIsLeftAsync(ProbedPage page, bool video, bool connected = true)
    {
        await page.WaitAsync("() => probe.peers.every(peer => peer.connectionState === 'closed')");
        await page.WaitAsync("() => probe.tracks.every(track => track.readyState === 'ended')");
        (await page.AskAsync<int>("probe.peers.length")).Should().Be(1, "one call is one peer connection");
        (await page.AskAsync<string[]>("probe.mediaRequests")).Should().Equal([video ? "audio+video" : "audio"], "devices are opened once a call");
        (await page.AskAsync<int>("probe.tracks.length")).Should().BeGreaterThan(0);
        if (connected)
        {
            (await page.AskAsync<int>("probe.videoNodes.size")).Should().Be(1, "the <video> is never made again");
            (await page.AskAsync<int>("probe.audioNodes.size")).Should().Be(1, "the <audio> is never made again");
            (await page.AskAsync<int>("probe.streams.size")).Should().Be(1, "sound and picture come from the same stream, from beginning to end");
        }

        page.PageErrors.Should().BeEmpty();
    }

    /// <summary>A call that was not accepted opened no device and no connection (B2).</summary>
    public static async Task NothingWasOpenedAsync(ProbedPage page)
    {
        (await page.AskAsync<int>("probe.mediaRequests.length")).Should().Be(0);
        (await page.AskAsync<int>("probe.peers.length")).Should().Be(0);
        page.PageErrors.Should().BeEmpty();
    }
}
