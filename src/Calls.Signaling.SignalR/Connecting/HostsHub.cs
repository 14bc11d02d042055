using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.SignalR;

/// <summary>Takes part in a connection that the app has: waits until the app has it up, joins, and leaves; never starts it, never stops it.</summary>
internal sealed class HostsHub(HubConnection hub, SignalRChannelOptions options, TimeProvider time, ILogger log)
{
    /// <summary>How often a connection that is not up is looked at: SignalR tells of the end of a connection, and not of its start.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <exception cref="SignalingException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IChannelConnection> DialAsync(CancellationToken cancellationToken)
    {
        while (hub.State != HubConnectionState.Connected)
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
        HubLink link = new(hub, options.MaxMessageSize, HubLink.LeaveOf(hub), log);
        try
        {
            var status = (int)(await hub.InvokeCoreAsync("Join", typeof(int), [], cancellationToken).ConfigureAwait(false))!;
            if (status != 200)
                throw Loss.OfStatus(status);
            await link.WelcomedAsync(cancellationToken).ConfigureAwait(false);
            return link;
        }
        catch (Exception exception)
        {
            await link.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw Loss.OfStart(exception);
        }
    }
}
