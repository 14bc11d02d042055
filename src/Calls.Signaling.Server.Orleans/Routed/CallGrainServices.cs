using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server.Orleans;

/// <summary>What the calls of a node share.</summary>
internal sealed class CallGrainServices(
    IOptions<CallSignalingOptions> options,
    IGrainFactory grains,
    ClusterView cluster,
    ClusterClock clock,
    AppKnowledge app,
    TimeProvider time,
    IServiceProvider provider,
    ILogger<CallGrainServices> logger)
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public RoutedCallSettings Settings { get; } = RoutedCallSettings.Of(options.Value);

    public ClusterView Cluster => cluster;

    public ClusterClock Clock => clock;

    public AppKnowledge App => app;

    public TimeProvider Time => time;

    /// <summary>How long a call that leaves this node waits for its last messages.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the host has reminders.</summary>
    public bool HasReminders { get; } = provider.GetService<IReminderTable>() is not null;

    public IUserGrain User(string userId) => grains.GetGrain<IUserGrain>(UserKey.Of(userId));

    public ICallNode Node(string observer) => grains.GetGrain<ICallNode>(GrainId.Parse(observer, CultureInfo.InvariantCulture));

    public void NotDelivered(Exception exception) => Log.NotDelivered(logger, exception);

    /// <summary>Does something that may be done late, or twice.</summary>
    public void Background(Func<Task> act, int attempts = Attempts) => _ = InBackgroundAsync(act, attempts);

    private async Task InBackgroundAsync(Func<Task> act, int attempts)
    {
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            try
            {
                await act().ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // Tried again, and then left to whoever looks next.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.NotDelivered(logger, exception);
            }

            await Task.Delay(Pause, time).ConfigureAwait(false);
        }
    }
}
