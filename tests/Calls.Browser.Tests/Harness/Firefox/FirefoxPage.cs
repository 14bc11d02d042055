using System.Text.Json;

namespace Calls.Browser.Tests.Harness.Firefox;

/// <summary>A page of the sample in Firefox, in a window and a cookie jar of its own, with one person in front of it.</summary>
internal sealed class FirefoxPage : ProbedPage, IAsyncDisposable
{
    private const int Patience = 20_000;
    private const int StartPatience = 35_000;

    private readonly BiDi _driver;
    private readonly string _jar;
    private readonly string _window;

    private FirefoxPage(BiDi driver, string jar, string window, string user) : base(user)
    {
        (_driver, _jar, _window) = (driver, jar, window);
        driver.Told += Hear;
    }

    /// <summary>Opens an empty page, with the probe in it.</summary>
    public static async Task<FirefoxPage> NewAsync(FirefoxBrowser browser, string user)
    {
        var driver = browser.Driver;
        var jar = (await driver.SendAsync("browser.createUserContext", new { })).GetProperty("userContext").GetString()!;
        // A window, not a tab: one that is hidden shows no pictures.
        var window = (await driver.SendAsync("browsingContext.create", new { type = "window", userContext = jar })).GetProperty("context").GetString()!;
        var page = new FirefoxPage(driver, jar, window, user);
        await driver.SendAsync("browsingContext.setViewport", new { context = window, viewport = new { width = 1440, height = 900 } });
        await driver.SendAsync("script.addPreloadScript", new { functionDeclaration = $"() => {{ {CallPage.Resource("probe.js")} }}", contexts = new[] { window } });
        return page;
    }

    /// <summary>Goes to an address.</summary>
    public Task GoAsync(Uri address) => _driver.SendAsync("browsingContext.navigate", new { context = _window, url = address.ToString(), wait = "complete" });

    /// <summary>Opens the sample's page, signed in by the address, and waits until it is ready to call.</summary>
    public async Task SignInAsync(SampleServer server, string query = "")
    {
        await GoAsync(new Uri(server.Address, $"?user={User}{query}"));
        await WaitAsync("() => probe.byTestId('me')?.checkVisibility()", StartPatience);
    }

    /// <inheritdoc/>
    public override async Task PressAsync(string testId)
    {
        var place = await RunAsync<int[]>($$"""
            const end = performance.now() + {{Patience}};
            for (;;) {
              const element = document.querySelector('[data-testid="{{testId}}"]');
              const { left, top, width, height } = element?.getBoundingClientRect() ?? { width: 0 };
              const at = [Math.round(left + width / 2), Math.round(top + height / 2)];
              if (width > 0 && !element.disabled && element.contains(document.elementFromPoint(...at))) return at;
              if (performance.now() > end) throw new Error('nothing to press: {{testId}}');
              await new Promise(resolve => setTimeout(resolve, 50));
            }
            """);
        object[] actions =
        [
            new { type = "pointerMove", x = place[0], y = place[1] }, new { type = "pointerDown", button = 0 }, new { type = "pointerUp", button = 0 },
        ];
        await _driver.SendAsync("input.performActions", new { context = _window, actions = new[] { new { type = "pointer", id = "mouse", actions } } });
    }

    /// <inheritdoc/>
    public override Task<T> AskAsync<T>(string expression) => RunAsync<T>($"return ({expression});");

    /// <inheritdoc/>
    public override Task WaitAsync(string function) => WaitAsync(function, Patience);

    private async Task WaitAsync(string function, int patience)
    {
        var came = await RunAsync<bool>($$"""
            const end = performance.now() + {{patience}};
            while (performance.now() < end) {
              if (await ({{function}})()) return true;
              await new Promise(resolve => setTimeout(resolve, 50));
            }
            return false;
            """);
        if (!came)
            throw new TimeoutException($"{function} did not come.\n{User} in Firefox, states {string.Join(' ', await StatesAsync())}: {string.Join('\n', PageErrors)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _driver.Told -= Hear;
        await _driver.SendAsync("browser.removeUserContext", new { userContext = _jar });
    }

    // What is thrown travels as a value: Firefox cannot describe each error of an evaluation.
    private async Task<T> RunAsync<T>(string body)
    {
        var answer = await _driver.SendAsync("script.evaluate", new
        {
            expression = $"(async () => {{ {body} }})().then(value => JSON.stringify({{ value }}), error => JSON.stringify({{ error: String(error) }}))",
            target = new { context = _window },
            awaitPromise = true,
        });
        using var result = JsonDocument.Parse(answer.GetProperty("result").GetProperty("value").GetString()!);
        if (result.RootElement.TryGetProperty("error", out var error))
            throw new InvalidOperationException($"{User} in Firefox: {error}");
        return result.RootElement.TryGetProperty("value", out var value) ? value.Deserialize<T>()! : default!;
    }

    private void Hear(string method, JsonElement told)
    {
        if (method is "log.entryAdded" && told.GetProperty("level").GetString() is "error" && told.GetProperty("source").GetProperty("context").GetString() == _window)
            PageErrors.Add(told.GetProperty("text").GetString()!);
    }
}
