using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>Asks the app's own code, and outlives its failures.</summary>
internal sealed class AppKnowledge(
    ICallDirectory directory,
    IIceServerProvider iceServers,
    IEnumerable<ICallNotifier> notifiers,
    IEnumerable<ICallLog> logs,
    IEnumerable<IHostApplicationLifetime> lifetimes,
    IOptions<CallSignalingOptions> options,
    ILogger<AppKnowledge> logger)
{
    private readonly ICallNotifier? _notifier = notifiers.LastOrDefault();
    private readonly ICallLog? _log = logs.LastOrDefault();
    private readonly CancellationToken _stopping = lifetimes.LastOrDefault()?.ApplicationStopping ?? default;

    /// <summary>Whether the app wants to hear of calls that are over.</summary>
    public bool WritesDown => _log is not null;

    /// <summary>Whom a caller may ring in a chat; null when the directory failed.</summary>
    public async ValueTask<IReadOnlyList<Callee>?> CalleesOfAsync(string callerId, string chatId, CancellationToken cancellationToken)
    {
        try
        {
            var members = await directory.GetMembersAsync(callerId, chatId, cancellationToken).ConfigureAwait(false);
            var callees = new List<Callee>(members.Count);
            for (var i = 0; i < members.Count; i++)
            {
                if (members[i].MayRing)
                    callees.Add(new Callee(members[i].UserId, members[i].ChatId));
            }

            return callees;
        }
#pragma warning disable CA1031 // Whatever it throws: the caller hears that nobody can be reached, and his connection lives.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.DirectoryFailed(logger, exception);
            return null;
        }
    }

    public async ValueTask<IReadOnlyList<IceServer>> IceServersOfAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            return await iceServers.GetIceServersAsync(userId, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it throws: a direct call needs none of its servers.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.IceServersFailed(logger, exception);
            return [.. options.Value.IceServers];
        }
    }

    /// <summary>Starts to notify, and returns at once: who asks holds the call.</summary>
    public void Notify(RoutedCall call, Callee callee)
    {
        if (_notifier is not { } notifier)
            return;
        var notification = new CallNotification(callee.UserId, call.Id, callee.ChatId, call.Caller, call.Video, call.Settings.RingTimeout);
        _ = Task.Run(() => NotifyAsync(notifier, notification), CancellationToken.None);
    }

    /// <summary>Starts to write down a call that is over, and returns at once.</summary>
    public void WriteDown(CallRecord call)
    {
        if (_log is { } log)
            _ = Task.Run(() => WriteDownAsync(log, call), CancellationToken.None);
    }

    private async Task WriteDownAsync(ICallLog log, CallRecord call)
    {
        try
        {
            await log.WriteAsync(call, _stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it throws: the call is over all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.CallLogFailed(logger, exception);
        }
    }

    private async Task NotifyAsync(ICallNotifier notifier, CallNotification call)
    {
        try
        {
            await notifier.NotifyAsync(call, _stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it throws: the call rings on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotifierFailed(logger, exception);
        }
    }
}
