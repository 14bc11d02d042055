using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server;

/// <summary>One WebSocket from the upgrade to the last byte.</summary>
internal sealed class CallWebSocketHandler(
    ConnectionCheck check,
    MessageIntake intake,
    ICallRouter router,
    ConnectionTerms terms,
    ILogger<CallWebSocketHandler> logger)
{
    private readonly CallSignalingOptions _options = terms.Options;

    public async Task HandleAsync(HttpContext context)
    {
        var (party, status, sentence) = context.WebSockets.IsWebSocketRequest
            ? check.Examine(context)
            : check.Refuse(StatusCodes.Status400BadRequest, "This address takes WebSocket connections only.");
        if (party is null)
        {
            WebSocketLog.UpgradeRefused(logger, status);
            await ConnectionCheck.RefuseAsync(context, status, sentence).ConfigureAwait(false);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = _options.KeepAliveInterval,
            KeepAliveTimeout = _options.KeepAliveTimeout,
        }).ConfigureAwait(false);
        using var connection = new WebSocketConnection(party, socket, terms);
        connection.CloseAt(AuthenticationExpiry.Of(context, _options));
        await ServeAsync(socket, connection, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task ServeAsync(WebSocket socket, WebSocketConnection connection, CancellationToken requestAborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(requestAborted, connection.Aborted);

        // Once for the whole life of the socket: a token that goes with each message is noted down with each message.
        using var abort = ended.Token.UnsafeRegister(static state => ((WebSocket)state!).Abort(), socket);
        var receiver = new WebSocketReceiver(socket, connection, intake);
        var sending = SendAsync(connection);
        WebSocketLog.Opened(logger);
        try
        {
            await router.ConnectAsync(connection, ended.Token).ConfigureAwait(false);
            await receiver.RunAsync(ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            WebSocketLog.Broken(logger, exception);
        }
        finally
        {
            router.Disconnect(connection);
            connection.Close(CloseReasons.Gone);
            await sending.ConfigureAwait(false);
            WebSocketLog.Closed(logger);
        }
    }

    private async Task SendAsync(WebSocketConnection connection)
    {
        await connection.WhenOverAsync().ConfigureAwait(false);

        // Nothing reaches the device this way any more, though its goodbye may still be on the way.
        router.Disconnect(connection);
    }
}
