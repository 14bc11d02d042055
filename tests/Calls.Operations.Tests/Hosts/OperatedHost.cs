using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Calls.Signaling;
using Calls.Signaling.Server;
using Calls.Signaling.Server.Tests;
using Calls.Signaling.SignalR;
using Calls.Signaling.WebSockets;
using Calls.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.Operations.Tests;

/// <summary>A real Kestrel on 127.0.0.1 as somebody runs it: calls at <c>/calls</c> and <c>/calls/hub</c>, health at <c>/health</c>.</summary>
internal sealed class OperatedHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Transport _transport;

    private OperatedHost(WebApplication app, Transport transport)
    {
        (_app, _transport) = (app, transport);
        Numbers = new Numbers(app.Services.GetRequiredService<IMeterFactory>());
    }

    /// <summary>What the server counts.</summary>
    public Numbers Numbers { get; }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<OperatedHost> StartAsync(
        Home home, Transport transport, Action<CallSignalingOptions>? configure = null, Action<ICallSignalingBuilder>? plug = null, int port = 0,
        TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.Services.AddAuthentication(QueryAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, QueryAuthentication>(QueryAuthentication.Name, null);
        var signaling = builder.Services.AddCallSignaling(configure);
        plug?.Invoke(signaling);
        if (home == Home.Grains)
            signaling.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()).AddUnreliableStorage());
        builder.Services.AddHealthChecks().AddCallSignaling();
        var app = builder.Build();
        app.UseAuthentication();
        app.MapCallWebSocket("/calls");
        app.MapCallHub("/calls/hub");
        app.MapHealthChecks("/health");
        await app.StartAsync();
        return new OperatedHost(app, transport);
    }

    /// <summary>A port that nobody has now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public T Service<T>()
        where T : notnull
        => _app.Services.GetRequiredService<T>();

    public ISignalingChannel Channel(string user, string device = "d1") => _transport == Transport.WebSocket
        ? new WebSocketChannel(new WebSocketChannelOptions
        {
            Url = new Uri(Address, $"/calls?user={user}"), DeviceId = device, ReconnectPolicy = new Soon(),
        })
        : new SignalRChannel(new SignalRChannelOptions
        {
            Url = new Uri(Address, $"/calls/hub?user={user}"), DeviceId = device, ReconnectPolicy = new Soon(),
        });

    /// <summary>A channel that has been welcomed.</summary>
    public async Task<ISignalingChannel> ConnectAsync(string user, string device = "d1")
    {
        var channel = Channel(user, device);
        var welcome = channel.NextAsync<WelcomeMessage>();
        await channel.ConnectAsync().InTime();
        await welcome;
        return channel;
    }

    /// <summary>A manager with media that are played.</summary>
    public async Task<CallManager> ManagerAsync(string user, ScriptedMediaNetwork network)
    {
        CallManager manager = new(Channel(user), new ScriptedMediaSource(network));
        await manager.ConnectAsync().InTime();
        return manager;
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using HttpClient http = new();
        using var answer = await http.GetAsync(new Uri(Address, path)).InTime();
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync().InTime());
    }

    public Task StopAsync() => Task.Run(() => _app.StopAsync());

    public async ValueTask DisposeAsync()
    {
        Numbers.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Soon : IReconnectPolicy
    {
        public TimeSpan? NextDelay(ReconnectAttempt attempt) => TimeSpan.FromMilliseconds(50);
    }
}
