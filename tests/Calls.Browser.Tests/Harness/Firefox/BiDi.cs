using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Calls.Browser.Tests.Harness.Firefox;

/// <summary>A connection of WebDriver BiDi (W3C): commands and their results, and events. Playwright drives only a Firefox of its own.</summary>
internal sealed class BiDi : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly string[] Events = ["log.entryAdded"];

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private Task _reading = Task.CompletedTask;
    private int _commands;

    /// <summary>What the browser tells by itself: the event's method and its parameters.</summary>
    public event Action<string, JsonElement>? Told;

    /// <summary>Connects, and opens the one session of the browser.</summary>
    public static async Task<BiDi> ConnectAsync(Uri address)
    {
        var connection = new BiDi();
        await connection._socket.ConnectAsync(new Uri(address, "session"), default);
        connection._reading = connection.ReadAsync();
        await connection.SendAsync("session.new", new { capabilities = new { alwaysMatch = new { unhandledPromptBehavior = new { @default = "ignore" } } } });
        await connection.SendAsync("session.subscribe", new { events = Events });
        return connection;
    }

    /// <summary>Sends a command; completes with its result.</summary>
    public async Task<JsonElement> SendAsync(string method, object parameters)
    {
        var id = Interlocked.Increment(ref _commands);
        var result = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters });
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(command, WebSocketMessageType.Text, endOfMessage: true, default);
        }
        finally
        {
            _sending.Release();
        }

        return await result.Task.WaitAsync(Patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (true)
            {
                using var message = new MemoryStream();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(), default);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                if (part.MessageType is WebSocketMessageType.Close)
                    break;
                Take(JsonDocument.Parse(message.ToArray()).RootElement);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The browser is gone, or was closed.
        }

        foreach (var waiting in _waiting.Values)
            waiting.TrySetException(new InvalidOperationException("Firefox is gone."));
    }

    private void Take(JsonElement message)
    {
        if (message.GetProperty("type").GetString() is "event")
            Told?.Invoke(message.GetProperty("method").GetString()!, message.GetProperty("params"));
        else if (message.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.Number && _waiting.TryRemove(id.GetInt32(), out var waiting))
        {
            if (message.TryGetProperty("result", out var result))
                waiting.TrySetResult(result);
            else
                waiting.TrySetException(new InvalidOperationException($"Firefox: {message.GetProperty("error")}, {message.GetProperty("message")}"));
        }
    }
}
