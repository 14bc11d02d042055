using System.Reflection;

namespace Calls.Browser.Tests.Harness;

/// <summary>A page of the sample (or of the plain client) in Chromium.</summary>
public sealed class CallPage : ProbedPage
{
    private static readonly Lazy<string> Probe = new(() => Resource("probe.js"));
    private readonly bool _touch;

    private CallPage(IPage page, string user, bool touch) : base(user)
    {
        Page = page;
        _touch = touch;
        page.SetDefaultTimeout(20_000);
        page.PageError += (_, error) => PageErrors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                PageErrors.Add(message.Text);
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens an empty page in a context, with the probe in it.</summary>
    public static async Task<CallPage> NewAsync(IBrowserContext context, string user = "", Device device = Device.Desktop)
    {
        var page = new CallPage(await context.NewPageAsync(), user, device is Device.Phone);
        await page.Page.AddInitScriptAsync(Probe.Value);
        return page;
    }

    /// <summary>An embedded file of this project.</summary>
    public static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The element with a test id.</summary>
    public ILocator Element(string testId) => Page.GetByTestId(testId);

    /// <inheritdoc/>
    public override Task PressAsync(string testId) => _touch ? Element(testId).TapAsync() : Element(testId).ClickAsync();

    /// <summary>Presses the tab key until the element has the focus.</summary>
    public async Task TabToAsync(string testId)
    {
        for (var press = 0; press < 30; press++)
        {
            if (await FocusAsync() == testId)
                return;
            await Page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"Thirty tabs did not lead to {testId}.");
    }

    /// <summary>The test id of the element that has the focus; null where it has none.</summary>
    public Task<string?> FocusAsync() => AskAsync<string?>("document.activeElement?.dataset?.testid ?? null");

    /// <summary>Opens the sample's page, signed in by the address, and waits until it is ready to call.</summary>
    public async Task SignInAsync(SampleServer server, string query = "")
    {
        await Page.GotoAsync(new Uri(server.Address, $"?user={User}{query}").ToString());
        await ToldAsync(Element("me").WaitForAsync());
    }

    /// <inheritdoc/>
    public override Task WaitAsync(string function) => ToldAsync(Page.WaitForFunctionAsync(function, null, new() { PollingInterval = 50 }));

    // A timeout says what the page knows.
    private async Task ToldAsync(Task wait)
    {
        try
        {
            await wait;
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(
                $"{exception.Message}\n{User} at {Page.Url}, states {string.Join(' ', await StatesAsync())}: {string.Join('\n', PageErrors)}", exception);
        }
    }

    /// <inheritdoc/>
    public override Task<T> AskAsync<T>(string expression) => Page.EvaluateAsync<T>(expression);
}
