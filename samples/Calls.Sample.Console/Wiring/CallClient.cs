using Microsoft.Extensions.DependencyInjection;

namespace Calls.Sample.Console.Wiring;

/// <summary>One user's calls, set up as any host does it.</summary>
internal sealed class CallClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private CallClient(ServiceProvider services)
    {
        _services = services;
        Manager = services.GetRequiredService<ICallManager>();
        Quality = services.GetRequiredService<QualityMeter>();
    }

    /// <summary>The calls.</summary>
    public ICallManager Manager { get; }

    /// <summary>How the connection does.</summary>
    public QualityMeter Quality { get; }

    /// <summary>Sets up a user's calls; they connect by themselves.</summary>
    public static CallClient Create(Account account, Devices devices)
    {
        ServiceCollection services = new();

        // This is all that an app does to have calls.
        services.AddCalls()
            .UseWebSockets(options => options.Url = account.Calls)
            .UseManagedMedia(devices);

        services.MeasureQuality();
        return new CallClient(services.BuildServiceProvider());
    }

    /// <summary>Ends the call, if there is one, and leaves the server.</summary>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
