using Calls.Browser.Tests.Harness;
using Calls.Signaling;

namespace Calls.Media.SIPSorcery.Tests.Against;

/// <summary>A page in a real Chromium with a peer connection of its own: speaks with a tone of 440 Hz, and listens.</summary>
internal sealed class ChromiumPeer : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private ChromiumPeer(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, _page) = (playwright, browser, page);

    public static async Task<ChromiumPeer> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.StartAsync(playwright, BrowserKind.Willing);
        var page = await browser.NewPageAsync();

        // Devices are given to secure origins only; nothing of it leaves the test.
        await page.RouteAsync("https://calls.test/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html>" }));
        await page.GotoAsync("https://calls.test/");
        await page.EvaluateAsync("() => { navigator.mediaDevices.getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); }");
        await page.EvaluateAsync(Resource("listener.js"));
        await page.EvaluateAsync(Resource("peer.js"));
        await page.EvaluateAsync("() => peer.open()");
        return new(playwright, browser, page);
    }

    public Task<string> OfferAsync() => _page.EvaluateAsync<string>("() => peer.offer()");

    public Task<string> AnswerAsync(string offer) => _page.EvaluateAsync<string>("sdp => peer.answer(sdp)", offer);

    public Task TakeAsync(string answer) => _page.EvaluateAsync("sdp => peer.take(sdp)", answer);

    public Task AddAsync(IceCandidate candidate)
        => _page.EvaluateAsync("one => peer.add(one)", new { candidate = candidate.Candidate, sdpMid = candidate.SdpMid, sdpMLineIndex = candidate.SdpMLineIndex });

    public async Task<IReadOnlyList<IceCandidate>> GatheredAsync()
        => [.. (await _page.EvaluateAsync<Told[]>("() => peer.candidates.splice(0)")).Select(one => new IceCandidate(one.Candidate, one.SdpMid, one.SdpMLineIndex, one.UsernameFragment))];

    public Task<string> StateAsync() => _page.EvaluateAsync<string>("() => peer.state()");

    public Task<double> FrequencyAsync() => _page.EvaluateAsync<double>("() => listener.frequency()");

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(ChromiumPeer).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed class Told
    {
        public string Candidate { get; set; } = "";

        public string? SdpMid { get; set; }

        public int? SdpMLineIndex { get; set; }

        public string? UsernameFragment { get; set; }
    }
}
