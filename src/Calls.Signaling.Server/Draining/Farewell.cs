using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>
/// Says goodbye when the host stops: takes no new connection, and tells those that are there to come back, not all at once. It runs before anything else of the host
/// stops, so that what calls still have to say is stored, and load balancers see the health check fail while everything still works.
/// </summary>
internal sealed class Farewell(
    ConnectionRegistry connections, IOptions<CallSignalingOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Farewell> logger)
    : IHostedService, IDisposable
{
    private const int BatchesPerSecond = 10;

    private static readonly ErrorMessage Last = new()
    {
        Code = ErrorCodes.ServerStopping,
        Message = "The server stops: the connection closes. Connect again, the calls live.",
    };

    private readonly CallSignalingOptions _options = options.Value;
    private CancellationTokenRegistration _stopping;
    private volatile bool _isStopping;

    /// <summary>Whether the host has begun to stop.</summary>
    public bool IsStopping => _isStopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The last to be registered is the first to be told: SignalR breaks all of its connections here.
        _stopping = lifetime.ApplicationStopping.Register(() => SayAsync().GetAwaiter().GetResult());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    /// <summary>One that came while the host had begun to stop.</summary>
    public static void Tell(ICallConnection connection) => connection.Close(Last);

    private async Task SayAsync()
    {
        _isStopping = true;
        var waiting = connections.All;
        DrainLog.Draining(logger, waiting.Count);
        var batch = Math.Max(1, _options.DrainPerSecond / BatchesPerSecond);
        var pause = TimeSpan.FromSeconds((double)batch / _options.DrainPerSecond);
        for (var i = 0; i < waiting.Count; i++)
        {
            if (i > 0 && i % batch == 0)
                await Task.Delay(pause, time).ConfigureAwait(false);
            Tell(waiting[i]);
        }

        // On the host's own clock: whatever the calls go by, it has to stop.
        await connections.WhenEmptyAsync().WaitAsync(_options.CloseTimeout, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        DrainLog.Drained(logger, connections.Count);
    }
}
