using System.Net.WebSockets;

namespace Calls.Signaling.Server;

/// <summary>The sending half of a WebSocket: one text frame a message, and a close frame that says why. Messages are not cancelled one by one: who aborts the connection aborts the
/// socket.</summary>
internal sealed class WebSocketConnection : QueuedConnection
{
    private readonly WebSocket _socket;

    public WebSocketConnection(Party party, WebSocket socket, ConnectionTerms terms)
        : base(party, "websockets", terms)
        => _socket = socket;

    protected override async ValueTask WriteAsync(SignalingMessage message)
    {
        var text = MessageText.Of(message);
        try
        {
            await _socket.SendAsync(text.Utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            text.Return();
        }
    }

    protected override ValueTask WriteAsync(PassedText text)
        => _socket.SendAsync(text.Utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    protected override async ValueTask SayGoodbyeAsync(string reason)
        => await _socket.CloseOutputAsync(StatusOf(reason), reason, Aborted).ConfigureAwait(false);

    protected override bool IsBreak(Exception exception) => exception is WebSocketException;

    private static WebSocketCloseStatus StatusOf(string reason) => reason switch
    {
        CloseReasons.Gone => WebSocketCloseStatus.NormalClosure,
        ErrorCodes.ServerStopping => WebSocketCloseStatus.EndpointUnavailable,
        ErrorCodes.TooLarge => WebSocketCloseStatus.MessageTooBig,
        _ => WebSocketCloseStatus.PolicyViolation,
    };
}
