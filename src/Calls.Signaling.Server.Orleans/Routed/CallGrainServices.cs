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

    public IUserGrain User(string userId) => grains.User(userId);

    /// <summary>Who stands for the one who is absent, where there is nobody to ring: that user is told of the call, and its caller waits for it. Without one he could tell by the clock who does not exist, or has blocked him.</summary>
    public IUserGrain Nobody(string chatId) => grains.GetGrain<IUserGrain>(UserKey.OfNobody(chatId));

    public ICallNode Node(string observer) => grains.Node(observer);

    public void NotDelivered(Exception exception) => Log.NotDelivered(logger, exception);
}
