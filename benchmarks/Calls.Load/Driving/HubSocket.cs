using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Calls.Load;

/// <summary>A SignalR client in JSON, over WebSockets, without the negotiation.</summary>
internal sealed class HubSocket : ILoadSocket
{
    private readonly HubConnection _hub;
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });

    private HubSocket(HubConnection hub)
    {
        _hub = hub;
        hub.On<JsonElement>("Receive", message => _arrived.Writer.TryWrite(JsonSerializer.SerializeToUtf8Bytes(message)));
        hub.Closed += _ =>
        {
            _arrived.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    public static async Task<ILoadSocket> ConnectAsync(Uri server, string path)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(server, path), http =>
        {
            http.Transports = HttpTransportType.WebSockets;
            http.SkipNegotiation = true;
        }).Build();
        var socket = new HubSocket(hub);
        await hub.StartAsync();
        return socket;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        using var json = JsonDocument.Parse(message);
        await _hub.SendAsync("Send", json.RootElement);
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        try
        {
            return await _arrived.Reader.ReadAsync();
        }
        catch (ChannelClosedException)
        {
            return default;
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
