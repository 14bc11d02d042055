namespace Calls.Browser.Tests.Harness;

/// <summary>The pages of one scenario; closes them.</summary>
public sealed class Cast(Stage stage) : IAsyncDisposable
{
    // CALLS_TRANSPORT=signalr: every scenario over a hub instead of a WebSocket.
    private static readonly string Transport = Environment.GetEnvironmentVariable("CALLS_TRANSPORT") is { Length: > 0 } transport ? $"&transport={transport}" : "";
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>Every page of the scenario.</summary>
    public List<CallPage> Pages { get; } = [];

    /// <summary>The server of the scenario.</summary>
    public SampleServer Server { get; private set; } = null!;

    /// <summary>Chooses the server.</summary>
    public async Task<Cast> OnAsync(params string[] settings)
    {
        Server = await stage.ServerAsync(settings);
        return this;
    }

    /// <summary>A browser context, closed with the cast.</summary>
    public async Task<IBrowserContext> ContextAsync(BrowserKind browser = BrowserKind.Willing, BrowserNewContextOptions? options = null)
    {
        var context = await (await stage.BrowserAsync(browser)).NewContextAsync(options ?? Device.Desktop.Options());
        _contexts.Add(context);
        return context;
    }

    /// <summary>Somebody in front of the sample's page, signed in.</summary>
    public async Task<CallPage> PersonAsync(
        string name, Device device = Device.Desktop, BrowserKind browser = BrowserKind.Willing, string query = "", string[]? permissions = null, string? script = null)
    {
        var context = await ContextAsync(browser, device.Options());
        if (permissions is not null)
            await context.GrantPermissionsAsync(permissions);
        var page = await CallPage.NewAsync(context, stage.Somebody(name), device);
        Pages.Add(page);
        if (script is not null)
            await page.Page.AddInitScriptAsync(script);
        await page.SignInAsync(Server, query.Contains("transport=", StringComparison.Ordinal) ? query : query + Transport);
        return page;
    }

    /// <summary>Somebody in front of the plain client's page.</summary>
    public async Task<CallPage> PlainAsync(string name, CallPage? calls = null, bool video = true)
    {
        var context = await ContextAsync(options: PlainPage.Options());
        var page = await CallPage.NewAsync(context, stage.Somebody(name));
        Pages.Add(page);
        await PlainPage.OpenAsync(page, Server, calls?.User, video);
        return page;
    }

    /// <summary>Two people who see each other.</summary>
    public static Task MeetAsync(ProbedPage one, ProbedPage other) => Task.WhenAll(one.SeesAsync(other), other.SeesAsync(one));

    /// <summary>Two people in a call that is connected.</summary>
    public async Task<(CallPage Caller, CallPage Callee)> TalkAsync(bool video, BrowserKind browser = BrowserKind.Willing)
    {
        var caller = await PersonAsync("alice", browser: browser);
        var callee = await PersonAsync("bob", browser: browser);
        await MeetAsync(caller, callee);
        await AgainAsync(caller, callee, video);
        return (caller, callee);
    }

    /// <summary>The one calls the other, who accepts.</summary>
    public static async Task AgainAsync(ProbedPage caller, ProbedPage callee, bool video)
    {
        await caller.CallAsync(callee, video);
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("accept");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
    }
}
