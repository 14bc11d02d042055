using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Calls.Signaling.Server.Orleans;

/// <summary>What the calls of a node share.</summary>
internal sealed class CallGrainServices(
    IOptions<CallSignalingOptions> options,
    IGrainFactory grains,
    ClusterView cluster,
    ClusterClock clock,
    AppKnowledge app,
    CallWatch watch,
    Persistence persistence,
    TimeProvider time,
    IServiceProvider provider,
    ILogger<CallGrainServices> logger)
{
    /// <summary>Where calls are stored.</summary>
    public IGrainStorage Storage { get; } = provider.GetRequiredKeyedService<IGrainStorage>(CallStorage.Name);

    public RoutedCallSettings Settings { get; } = RoutedCallSettings.Of(options.Value);

    public ClusterView Cluster => cluster;

    public ClusterClock Clock => clock;

    public AppKnowledge App => app;

    public CallWatch Watch => watch;

    public Persistence Persistence => persistence;

    public TimeProvider Time => time;

    /// <summary>How long a call that leaves this node waits for its last messages.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the host has reminders.</summary>
    public bool HasReminders { get; } = provider.GetService<IReminderTable>() is not null;

    /// <summary>A user by the key of his grain.</summary>
    public IUserGrain User(string key) => grains.GetGrain<IUserGrain>(key);

    public ICallNode Node(string observer) => grains.Node(observer);

    public void NotDelivered(Exception exception) => Log.NotDelivered(logger, exception);
}
