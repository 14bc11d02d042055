using System.Collections.Concurrent;

namespace Calls.Browser.Tests.Harness;

/// <summary>Everything that the scenarios share: one server of each kind and one browser of each kind, started when first asked for.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<SampleServer>>> _servers = new();
    private readonly ConcurrentDictionary<BrowserKind, Lazy<Task<IBrowser>>> _browsers = new();
    private IPlaywright _playwright = null!;
    private int _people;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _playwright = await Playwright.CreateAsync();

    /// <summary>The sample with these settings.</summary>
    public Task<SampleServer> ServerAsync(params string[] settings)
        => _servers.GetOrAdd(string.Join(' ', settings), _ => new(() => SampleServer.StartAsync(settings))).Value;

    /// <summary>A browser.</summary>
    public Task<IBrowser> BrowserAsync(BrowserKind kind = BrowserKind.Willing)
        => _browsers.GetOrAdd(kind, _ => new(() => Chromium.StartAsync(_playwright, kind))).Value;

    /// <summary>A name that nobody else has, so that no scenario meets another.</summary>
    public string Somebody(string name) => $"{name}{Interlocked.Increment(ref _people)}";

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
            await (await browser.Value).CloseAsync();
        foreach (var server in _servers.Values)
            await (await server.Value).DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>Scenarios run one after another: a call costs more than half of a core.</summary>
[CollectionDefinition(Name)]
public sealed class OnStage : ICollectionFixture<Stage>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "browser";
}
