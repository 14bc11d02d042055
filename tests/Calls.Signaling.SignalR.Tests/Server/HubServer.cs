using Calls.Signaling.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>A real Kestrel on a free port of 127.0.0.1: calls at <c>/calls</c> (WebSocket) and <c>/calls/hub</c> (SignalR), and the app's own hub at
/// <c>/chat</c>.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private WebApplication _app = null!;
    private int _negotiations;
    private volatile HttpContext? _last;

    /// <summary>The status that requests are refused with; null: they are taken.</summary>
    public int? RefuseWith { get; set; }

    /// <summary>Done once connections are let in; until then they wait.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    public int Negotiations => Volatile.Read(ref _negotiations);

    /// <summary>The <c>Authorization</c> header of the last request.</summary>
    public string? Authorization { get; private set; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public ICallPresence Presence => Services.GetRequiredService<ICallPresence>();

    public static async Task<HubServer> StartAsync(Action<CallSignalingOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        HubServer server = new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        builder.Services.AddAuthentication(QueryAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, QueryAuthentication>(QueryAuthentication.Name, null);
        builder.Services.AddCallSignaling(configure);
        builder.Services.AddSignalR(hub => hub.MaximumReceiveMessageSize = 256 * 1024).AddMessagePackProtocol();
        server._app = builder.Build();
        server._app.UseAuthentication();
        server._app.Use(server.WatchAsync);
        server._app.MapCallWebSocket("/calls");
        server._app.MapCallHub("/calls/hub", hub => hub.AllowStatefulReconnects = true);
        server._app.MapHub<ChatHub>("/chat");
        await server._app.StartAsync();
        return server;
    }

    public Uri Hub(string user) => new(Address, user.Length == 0 ? "/calls/hub" : $"/calls/hub?user={user}");

    /// <summary>A channel of some kind, and on a connection of the app that connection too.</summary>
    public HubClient Client(
        HubKind kind, string user, string device, TimeProvider? time = null, Action<SignalRChannelOptions>? configure = null)
    {
        SignalRChannelOptions options = new()
        {
            Url = Hub(user), DeviceId = device, StatefulReconnect = kind == HubKind.Stateful,
        };
        if (kind.IsBinary())
            options.ConfigureHub = hub => hub.AddMessagePackProtocol();
        configure?.Invoke(options);
        if (!kind.IsHosts())
            return new HubClient(new SignalRChannel(options, time), null);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(Address, $"/chat?device={device}{(user.Length == 0 ? "" : "&user=" + user)}"))
            .WithAutomaticReconnect([TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)]);
        if (kind.IsBinary())
            builder.AddMessagePackProtocol();
        var connection = builder.Build();
        return new HubClient(new SignalRChannel(connection, options, time), connection);
    }

    /// <summary>Breaks the connection that came last, without a farewell.</summary>
    public void Cut() => _last!.Abort();

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        Authorization = context.Request.Headers.Authorization.ToString();
        if (context.Request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal))
            Interlocked.Increment(ref _negotiations);
        if (RefuseWith is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        await Open;
        if (context.Request.Method is "GET" or "CONNECT")
            _last = context;
        await next(context);
    }
}
