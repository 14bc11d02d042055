namespace Calls.Browser.Tests.Harness;

/// <summary>Serves the plain client's two files at the sample's own address, without the sample knowing.</summary>
public static class PlainPage
{
    /// <summary>Opens the plain client and waits for its connection.</summary>
    public static async Task OpenAsync(CallPage page, SampleServer server, string? calls, bool video, bool accept)
    {
        await page.Page.RouteAsync("**/plain/*", route => route.FulfillAsync(new()
        {
            ContentType = route.Request.Url.Contains(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html",
            Body = CallPage.Resource(route.Request.Url.Contains(".js", StringComparison.Ordinal) ? "plain.js" : "plain.html"),
        }));
        await page.Page.GotoAsync(new Uri(
            server.Address, $"plain/plain.html?user={page.User}&device=d1&call={calls}&video={(video ? 1 : 0)}&accept={(accept ? 1 : 0)}").ToString());
        await page.WaitAsync("() => window.plain?.received.some(message => message.type === 'call:welcome')");
    }
}
