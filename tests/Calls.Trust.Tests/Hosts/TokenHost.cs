using System.Diagnostics.Metrics;
using Calls.Signaling.Server;
using Calls.Signaling.SignalR;
using Calls.Signaling.WebSockets;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Calls.Trust.Tests;

/// <summary>A real Kestrel on 127.0.0.1 whose users show tokens: calls at <c>/calls</c> and <c>/calls/hub</c>, and a clock that stands still.</summary>
internal sealed class TokenHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TokenHost(WebApplication app, WatchedTime time, AllLogs logs) => (_app, Time, Logs) = (app, time, logs);

    public WatchedTime Time { get; }

    public AllLogs Logs { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Whose instruments count what happens here.</summary>
    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    public ICallPresence Presence => _app.Services.GetRequiredService<ICallPresence>();

    public static async Task<TokenHost> StartAsync(Action<ICallSignalingBuilder>? plug = null, Action<CallSignalingOptions>? configure = null, LogLevel level = LogLevel.Trace)
    {
        WatchedTime time = new();
        AllLogs logs = new(level);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(level);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = Tokens.Issuer, ValidateAudience = false, IssuerSigningKey = Tokens.Key,
                LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
            };
            // A browser's WebSocket carries no header.
            bearer.Events = new JwtBearerEvents
            {
                OnMessageReceived = context =>
                {
                    context.Token ??= context.Request.Query["access_token"];
                    return Task.CompletedTask;
                },
            };
        });
        var signaling = builder.Services.AddCallSignaling(configure);
        plug?.Invoke(signaling);
        builder.Services.AddSignalR().AddMessagePackProtocol();
        var app = builder.Build();
        app.UseAuthentication();
        app.MapCallWebSocket("/calls");
        app.MapCallHub("/calls/hub");
        await app.StartAsync();
        return new TokenHost(app, time, logs);
    }

    /// <summary>A channel that asks <paramref name="token"/> for a token each time it connects.</summary>
    public ISignalingChannel Channel(Transport transport, string device, Func<string> token) => transport == Transport.WebSocket
        ? new WebSocketChannel(new WebSocketChannelOptions
        {
            Url = new Uri(Address, "/calls"), DeviceId = device, AccessTokenProvider = _ => new(token()), ReconnectPolicy = new AtOnce(),
        }, Time, Logs)
        : new SignalRChannel(new SignalRChannelOptions
        {
            Url = new Uri(Address, "/calls/hub"), DeviceId = device, AccessTokenProvider = _ => new(token()), ReconnectPolicy = new AtOnce(),
            ConfigureHub = hub => Configure(hub, transport),
        }, Time, Logs);

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private void Configure(IHubConnectionBuilder hub, Transport transport)
    {
        hub.ConfigureLogging(logging => logging.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace));
        if (transport == Transport.HubMessagePack)
            hub.AddMessagePackProtocol();
    }

    private sealed class AtOnce : IReconnectPolicy
    {
        public TimeSpan? NextDelay(ReconnectAttempt attempt) => TimeSpan.Zero;
    }
}

/// <summary>The ways to the server.</summary>
public enum Transport
{
    /// <summary>A bare WebSocket.</summary>
    WebSocket,

    /// <summary>A hub, in JSON.</summary>
    HubJson,

    /// <summary>A hub, in MessagePack.</summary>
    HubMessagePack,
}
