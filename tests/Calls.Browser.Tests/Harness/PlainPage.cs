namespace Calls.Browser.Tests.Harness;

/// <summary>Puts the plain client's page into a document of the sample's own origin, without the sample knowing.</summary>
public static class PlainPage
{
    /// <summary>A context for it: the sample's content security policy knows nothing of the plain client's script.</summary>
    public static BrowserNewContextOptions Options() => new(Device.Desktop.Options()) { BypassCSP = true };

    /// <summary>Opens the plain client and waits for its connection.</summary>
    public static async Task OpenAsync(CallPage page, SampleServer server, string? calls, bool video)
    {
        await page.Page.RouteAsync("**/favicon.ico", route => route.FulfillAsync(new() { Status = 204 }));
        await page.Page.GotoAsync(new Uri(
            server.Address, $"tab.js?user={page.User}&device=d1&call={calls}&video={(video ? 1 : 0)}").ToString());
        await page.Page.EvaluateAsync("html => { document.documentElement.innerHTML = html; }", CallPage.Resource("plain.html"));
        await page.Page.AddScriptTagAsync(new() { Content = CallPage.Resource("plain.js"), Type = "module" });
        await page.WaitAsync("() => window.plain?.received.some(message => message.type === 'call:welcome')");
    }
}
