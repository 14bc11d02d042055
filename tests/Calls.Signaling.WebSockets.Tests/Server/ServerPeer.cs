using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Calls.Signaling.WebSockets.Tests;

/// <summary>The server's end of one connection.</summary>
internal sealed class ServerPeer(WebSocket socket, HttpContext context) : IAsyncDisposable
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the connection is of no more use.</summary>
    public Task Over => _over.Task;

    public WebSocketCloseStatus? ClosedWith => socket.CloseStatus;

    public Task SendAsync(SignalingMessage message) => SendAsync(SignalingJson.Serialize(message));

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true)
        => await socket.SendAsync(bytes, type, end, CancellationToken.None).InTime();

    /// <summary>The next text of the client; null when it closed or cut.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var frame = await socket.ReceiveAsync(buffer, CancellationToken.None).InTime();
                if (frame.MessageType == WebSocketMessageType.Close)
                    return null;
                text.Write(buffer, 0, frame.Count);
                if (frame.EndOfMessage)
                    return Encoding.UTF8.GetString(text.ToArray());
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public async Task<SignalingMessage> ReceiveAsync()
    {
        var text = await ReceiveTextAsync();
        SignalingJson.TryParse(Encoding.UTF8.GetBytes(text!), out var message, out var error).Should().BeTrue(error);
        return message!;
    }

    /// <summary>Waits for the client's close frame and answers it.</summary>
    public async Task AnswerCloseAsync()
    {
        while (await ReceiveTextAsync() is not null)
        {
        }

        if (socket.State == WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).InTime();
        _over.TrySetResult();
    }

    public async Task CloseAsync(WebSocketCloseStatus status, string? reason = null)
    {
        await socket.CloseOutputAsync(status, reason, CancellationToken.None).InTime();
        await AnswerCloseAsync();
    }

    /// <summary>Breaks the connection off.</summary>
    public void Cut()
    {
        // The context of a finished request is not ours any more.
        if (!_over.Task.IsCompleted)
            context.Abort();
        _over.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
