using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using StackExchange.Redis;

namespace Calls.Load;

/// <summary>The least that two servers do for two people: what one says is published, and whoever has the other's connection sends it there.</summary>
internal sealed class BridgeServer(ISubscriber redis)
{
    private readonly ConcurrentDictionary<string, WebSocket> _sockets = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _sending = new();

    public async Task ServeAsync(HttpContext context)
    {
        var (me, peer) = (context.Request.Query["user"].ToString(), RedisChannel.Literal(context.Request.Query["to"].ToString()));
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        (_sockets[me], _sending[me]) = (socket, new SemaphoreSlim(1));
        await redis.SubscribeAsync(RedisChannel.Literal(me), (_, message) => Send(me, message));
        await socket.SendAsync("here"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        var buffer = new byte[4096];
        for (var read = await socket.ReceiveAsync(buffer.AsMemory(), default); read.MessageType != WebSocketMessageType.Close;
            read = await socket.ReceiveAsync(buffer.AsMemory(), default))
            await redis.PublishAsync(peer, buffer.AsMemory(0, read.Count), CommandFlags.FireAndForget);
    }

    private void Send(string user, RedisValue message) => _ = SendAsync(user, message);

    private async Task SendAsync(string user, RedisValue message)
    {
        await _sending[user].WaitAsync();
        try
        {
            await _sockets[user].SendAsync((ReadOnlyMemory<byte>)message, WebSocketMessageType.Text, endOfMessage: true, default);
        }
        catch (WebSocketException)
        {
            // The generator is gone.
        }
        finally
        {
            _sending[user].Release();
        }
    }
}
