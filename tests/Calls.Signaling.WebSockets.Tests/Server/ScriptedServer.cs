using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.WebSockets.Tests;

/// <summary>A real Kestrel end point on 127.0.0.1 that does what a test tells it.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Channel<ServerPeer> _peers = Channel.CreateUnbounded<ServerPeer>();
    private readonly Channel<HandshakeRequest> _requests = Channel.CreateUnbounded<HandshakeRequest>();
    private readonly ConcurrentQueue<ServerPeer> _all = new();
    private WebApplication? _app;
    private int _port;

    /// <summary>The status that handshakes are refused with; null: they are accepted.</summary>
    public int? RefuseWith { get; set; }

    /// <summary>Whether a connection is greeted with <c>call:welcome</c>.</summary>
    public bool Greets { get; set; } = true;

    /// <summary>How long the greeting says it is good, in seconds; null: it does not say.</summary>
    public double? ExpiresIn { get; set; }

    /// <summary>While set, handshakes wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public Uri Url => new($"ws://127.0.0.1:{_port}/calls");

    public static async Task<ScriptedServer> StartedAsync()
    {
        var server = new ScriptedServer();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts; again on the same port after a stop.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/calls", HandleAsync);
        await _app.StartAsync();
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    /// <summary>Stops at once: open connections are cut.</summary>
    public async Task StopAsync()
    {
        if (_app is null)
            return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>The next connection.</summary>
    public Task<ServerPeer> AcceptAsync() => _peers.Reader.ReadAsync().AsTask().InTime();

    /// <summary>The next handshake that arrived, accepted or not.</summary>
    public Task<HandshakeRequest> RequestAsync() => _requests.Reader.ReadAsync().AsTask().InTime();

    /// <summary>How many handshakes have not been looked at.</summary>
    public int RequestsLeft => _requests.Reader.Count;

    public void CutAll()
    {
        foreach (var peer in _all)
            peer.Cut();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task HandleAsync(HttpContext context)
    {
        _requests.Writer.TryWrite(new HandshakeRequest(
            context.Request.Headers.Authorization.ToString(), context.Request.Headers.Cookie.ToString(), context.Request.QueryString.ToString(),
            context.Request.Query["device"].ToString()));
        if (Gate is { } gate)
            await gate.Task.WaitAsync(context.RequestAborted);
        if (RefuseWith is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await using var peer = new ServerPeer(socket, context);
        if (Greets)
            await peer.SendAsync(new WelcomeMessage { UserId = "alice", DeviceId = context.Request.Query["device"].ToString(), ExpiresIn = ExpiresIn });
        _all.Enqueue(peer);
        _peers.Writer.TryWrite(peer);
        await peer.Over;
    }
}

internal sealed record HandshakeRequest(string Authorization, string Cookie, string Query, string Device);
