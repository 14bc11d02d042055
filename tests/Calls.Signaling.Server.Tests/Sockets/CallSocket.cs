using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Calls.Signaling.Server.Tests;

/// <summary>A client's bare WebSocket: what it sends and reads is exactly what is on the wire.</summary>
internal sealed class CallSocket(ClientWebSocket socket) : IDisposable
{
    /// <summary>How long a test waits for what must come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private int _marks;

    public ClientWebSocket Raw => socket;

    public Task SendAsync(SignalingMessage message) => SendTextAsync(Encoding.UTF8.GetString(SignalingJson.Serialize(message)));

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendBytesAsync(byte[] bytes, WebSocketMessageType type)
        => socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None).WaitAsync(Patience);

    /// <summary>The next text on the wire; null when the server closed.</summary>
    public async Task<string?> NextTextAsync()
    {
        var buffer = new byte[256 * 1024];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), CancellationToken.None).WaitAsync(Patience);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;
            length += read.Count;
            if (read.EndOfMessage)
                return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    public async Task<JsonObject> NextJsonAsync() => JsonNode.Parse((await NextTextAsync())!)!.AsObject();

    public async Task<SignalingMessage> NextAsync()
    {
        var text = await NextTextAsync();
        text.Should().NotBeNull("the server should not have closed ({0} {1})", socket.CloseStatus, socket.CloseStatusDescription);
        SignalingJson.TryParse(Encoding.UTF8.GetBytes(text!), out var message, out var error).Should().BeTrue(error);
        return message!;
    }

    public async Task<T> NextAsync<T>()
        where T : SignalingMessage
        => (await NextAsync()).Should().BeOfType<T>().Subject;

    public async Task<ErrorMessage> NextErrorAsync(string code)
    {
        var error = await NextAsync<ErrorMessage>();
        error.Code.Should().Be(code);
        error.Message.Should().NotBeNullOrWhiteSpace();
        return error;
    }

    /// <summary>Everything that is on its way to this client. The server has then handled all that this client sent: it answers a mark last.</summary>
    public async Task<IReadOnlyList<SignalingMessage>> DrainAsync()
    {
        var mark = CallId.Parse($"mark-{++_marks}");
        await SendAsync(new RingingMessage { CallId = mark });
        List<SignalingMessage> messages = [];
        while (true)
        {
            var message = await NextAsync();
            if (message is ErrorMessage error && error.CallId == mark)
                return messages;
            messages.Add(message);
        }
    }

    /// <summary>Reads on until the server has closed, and says goodbye.</summary>
    public async Task<WebSocketCloseStatus?> NextCloseAsync()
    {
        (await NextTextAsync()).Should().BeNull("the server closes");
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);
        return socket.CloseStatus;
    }

    /// <summary>Closes properly, so that the server knows.</summary>
    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);

    public void Dispose() => socket.Dispose();
}
