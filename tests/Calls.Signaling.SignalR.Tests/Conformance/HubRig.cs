using System.Text;
using System.Text.Json;
using Calls.Signaling.Server;
using Calls.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>The channel against a real Kestrel with the real hub in front of a router that does what a case tells it.</summary>
internal sealed class HubRig(HubKind kind) : ISignalingRig
{
    private readonly ScriptedRouter _router = new();
    private HubServer _server = null!;
    private HubClient? _client;
    private volatile ServerManner _manner;

    // On a connection of the app the losses are the app's; with stateful reconnect a loss is one that nobody sees.
    public SignalingRigAbilities Abilities => kind switch
    {
        HubKind.HostsJson or HubKind.HostsMessagePack => SignalingRigAbilities.AnyText,
        HubKind.Stateful => SignalingRigAbilities.All & ~SignalingRigAbilities.Losses,
        _ => SignalingRigAbilities.All,
    };

    public ServerManner Manner
    {
        get => _manner;
        set
        {
            _manner = value;
            _server.RefuseWith = value switch { ServerManner.Unreachable => 503, ServerManner.Refuses => 401, _ => null };
        }
    }

    public int Attempts => kind.IsHosts() ? _router.Joins : _server.Negotiations;

    public TimeSpan SilenceLimit => TimeSpan.FromSeconds(3);

    public async Task StartAsync()
    {
        _server = await HubServer.StartAsync(
            options => options.KeepAliveInterval = TimeSpan.FromSeconds(60),
            services => services.AddSingleton<ICallRouter>(_router));
    }

    public ISignalingChannel Open(TimeProvider timeProvider)
    {
        _client = _server.Client(kind, "alice", "a1", timeProvider, options =>
        {
            // The server gives a sign of life every 30 s only.
            options.ServerTimeout = Manner == ServerManner.Silent ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(2);
        });
        return _client.Channel;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> utf8)
    {
        await _router.Connected.InTime();
        object text = kind.IsBinary() ? utf8.ToArray() : Json(utf8);
        IHubClients clients = kind.IsHosts()
            ? _server.Services.GetRequiredService<IHubContext<ChatHub>>().Clients
            : _server.Services.GetRequiredService<IHubContext<CallHub>>().Clients;
        await clients.All.SendAsync("Receive", text);
    }

    public Task<SignalingMessage> ReceiveAsync(CancellationToken cancellationToken) => _router.Arrived.ReadAsync(cancellationToken).AsTask();

    public async Task CutAsync()
    {
        await _router.Connected.InTime();
        _router.Forget();
        _server.Cut();
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static object Json(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonElement.Parse(utf8.Span);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(utf8.Span);
        }
    }
}
