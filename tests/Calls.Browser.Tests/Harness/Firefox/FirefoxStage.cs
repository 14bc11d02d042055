namespace Calls.Browser.Tests.Harness.Firefox;

/// <summary>One Firefox, and the network that it needs.</summary>
public sealed class FirefoxStage : IAsyncLifetime
{
    private NetworkCard _network = null!;

    /// <summary>The browser: microphone and camera are there and allowed.</summary>
    internal FirefoxBrowser Browser { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _network = await NetworkCard.PlugInAsync();
        Browser = await FirefoxBrowser.StartAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        await Browser.DisposeAsync();
    }
}

/// <summary>Scenarios with Firefox run when no other does, with a Chromium of their own: to a browser that runs, a card that is plugged in is another network.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OnFirefoxStage : ICollectionFixture<Stage>, ICollectionFixture<FirefoxStage>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "firefox";
}
