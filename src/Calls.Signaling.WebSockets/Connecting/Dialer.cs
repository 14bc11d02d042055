using System.Net.WebSockets;
using System.Runtime.Versioning;

namespace Calls.Signaling.WebSockets;

/// <summary>Makes one connection: token, address, handshake.</summary>
internal sealed class Dialer(WebSocketChannelOptions options, string deviceId, bool asBrowser)
{
    /// <summary>Connects.</summary>
    /// <exception cref="SignalingException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<WebSocket> DialAsync(CancellationToken cancellationToken)
    {
        var token = await AskForTokenAsync(cancellationToken).ConfigureAwait(false);
        var address = EndPointAddress.Of(options.Url!, deviceId, asBrowser ? token : null);
        var socket = new ClientWebSocket();
        try
        {
            if (!OperatingSystem.IsBrowser())
                Configure(socket.Options, asBrowser ? null : token);
            // The browser's socket may be slow to notice a cancel; the caller is not to wait for it.
            await socket.ConnectAsync(address, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (Exception exception)
        {
            var loss = OperatingSystem.IsBrowser() ? Loss.OfHandshake(0, exception) : Loss.OfHandshake(socket.HttpStatusCode, exception);
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw loss;
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

    [UnsupportedOSPlatform("browser")]
    private void Configure(ClientWebSocketOptions socket, string? token)
    {
        socket.CollectHttpResponseDetails = true;
        socket.KeepAliveInterval = options.PingInterval;
        socket.KeepAliveTimeout = options.PongTimeout;
        if (!string.IsNullOrEmpty(token))
            socket.SetRequestHeader("Authorization", "Bearer " + token);
        options.ConfigureSocket?.Invoke(socket);
    }
}
