using Microsoft.Extensions.Logging;

namespace Calls.Signaling.SignalR;

/// <summary>Connects by a connection of the channel's own, which ends with it.</summary>
internal sealed class OwnHub(SignalRChannelOptions options, HubFactory factory, ILogger log)
{
    /// <exception cref="SignalingException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IChannelConnection> DialAsync(CancellationToken cancellationToken)
    {
        var token = await AskForTokenAsync(cancellationToken).ConfigureAwait(false);
        var hub = factory.Create(token);
        HubLink link = new(hub, options.MaxMessageSize, HubLink.DisposeOf(hub), log);
        try
        {
            await hub.StartAsync(cancellationToken).ConfigureAwait(false);
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

    private async Task<string?> AskForTokenAsync(CancellationToken cancellationToken)
    {
        if (options.AccessTokenProvider is not { } provider)
            return null;
        try
        {
            return await provider(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Loss.OfToken(exception);
        }
    }
}
