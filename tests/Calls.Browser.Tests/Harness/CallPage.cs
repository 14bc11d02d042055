using System.Reflection;

namespace Calls.Browser.Tests.Harness;

/// <summary>A page of the sample (or of the plain client) with one person in front of it.</summary>
public sealed class CallPage
{
    private static readonly Lazy<string> Probe = new(() => Resource("probe.js"));
    private readonly bool _touch;

    private CallPage(IPage page, string user, bool touch)
    {
        Page = page;
        User = user;
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

    /// <summary>Who is signed in.</summary>
    public string User { get; }

    /// <summary>What the page's scripts threw or complained of.</summary>
    public List<string> PageErrors { get; } = [];

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

    /// <summary>Clicks, or taps on a phone.</summary>
    public Task PressAsync(string testId) => _touch ? Element(testId).TapAsync() : Element(testId).ClickAsync();

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

    /// <summary>Waits until somebody is shown as online.</summary>
    public Task SeesAsync(CallPage other) => Element($"person-{other.User}").WaitForAsync();

    /// <summary>Calls somebody by his button.</summary>
    public Task CallAsync(CallPage other, bool video) => PressAsync($"call-{(video ? "video" : "voice")}-{other.User}");

    /// <summary>Waits for a state.</summary>
    public Task StateAsync(string state) => WaitAsync($"() => probe.byTestId('call-state')?.textContent === '{state}'");

    /// <summary>Waits until the page says how the call ended, and why.</summary>
    public Task EndAsync(string reason) => WaitAsync($"() => probe.byTestId('call-end')?.dataset.reason === '{reason}'");

    /// <summary>Waits until a JavaScript function returns true.</summary>
    public Task WaitAsync(string function) => ToldAsync(Page.WaitForFunctionAsync(function, null, new() { PollingInterval = 50 }));

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

    /// <summary>Asks the probe.</summary>
    public Task<T> AskAsync<T>(string expression) => Page.EvaluateAsync<T>(expression);

    /// <summary>The states that the page showed, in order.</summary>
    public Task<string[]> StatesAsync() => AskAsync<string[]>("probe.states");

    /// <summary>Waits for moving, coloured pictures from the other side.</summary>
    public async Task PictureAsync()
    {
        await WaitAsync("() => probe.frames > 10");
        var values = await AskAsync<int[]>("probe.picture()");
        values[0].Should().BeGreaterThan(60, "the remote picture is not black");
        (values[0] - values[1]).Should().BeGreaterThan(60, "the remote picture shows something");
    }

    /// <summary>Waits for sound from the other side that is above silence, and plays.</summary>
    public async Task SoundAsync()
    {
        await WaitAsync("async () => await probe.sound() > 0.001");
        await WaitAsync("() => { const audio = probe.byTestId('remote-audio'); return !audio.paused && audio.currentTime > 0; }");
    }
}
