namespace Calls.Browser.Tests.Harness.Firefox;

/// <summary>One Firefox for the scenarios of a class, and the network that it needs.</summary>
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
