using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Signaling.Server.Tests;

/// <summary>A real Kestrel on a free port of 127.0.0.1 with the signaling server at <c>/calls</c>, on a clock that stands still unless a test brings one.</summary>
internal sealed class SignalingServer : ICallServer
{
    private readonly WebApplication _app;
    private readonly List<CallSocket> _sockets = [];

    private SignalingServer(WebApplication app, FakeTimeProvider time, LogCapture logs)
    {
        _app = app;
        Time = time;
        Logs = logs;
    }

    public FakeTimeProvider Time { get; }

    public LogCapture Logs { get; }

    public ICallPresence Presence => _app.Services.GetRequiredService<ICallPresence>();

    public ConnectionRegistry Connections => _app.Services.GetRequiredService<ConnectionRegistry>();

    public LocalCalls Calls => _app.Services.GetRequiredService<LocalCalls>();

    public Uri Http => new(_app.Urls.Single());

    public static async Task<SignalingServer> StartAsync(
        Action<CallSignalingOptions>? configure = null, Action<ICallSignalingBuilder>? plug = null, TimeProvider? clock = null)
    {
        var time = new FakeTimeProvider();
        var logs = new LogCapture();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton(clock ?? time);
        builder.Services.AddAuthentication(QueryAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, QueryAuthentication>(QueryAuthentication.Name, null);
        var signaling = builder.Services.AddCallSignaling(configure);
        plug?.Invoke(signaling);
        var app = builder.Build();
        app.UseAuthentication();
        app.MapCallWebSocket("/calls");
        await app.StartAsync();
        return new SignalingServer(app, time, logs);
    }

    public static async Task<ICallServer> StartAsync(double ring, double resume) => await StartAsync(options =>
    {
        options.RingTimeout = TimeSpan.FromSeconds(ring);
        options.ResumeWindow = TimeSpan.FromSeconds(resume);
    });

    public Uri Address(string query) => new UriBuilder(Http) { Scheme = "ws", Path = "/calls", Query = query }.Uri;

    /// <summary>Connects a device and takes the welcome.</summary>
    public async Task<CallSocket> ConnectAsync(string user, string device)
    {
        var socket = await OpenAsync(Query(user, device));
        await socket.NextAsync<WelcomeMessage>();
        return socket;
    }

    public async Task<CallSocket> OpenAsync(string query, string? origin = null)
    {
        var client = new ClientWebSocket();
        if (origin is not null)
            client.Options.SetRequestHeader("Origin", origin);
        await client.ConnectAsync(Address(query), CancellationToken.None).WaitAsync(CallSocket.Patience);
        var socket = new CallSocket(client);
        _sockets.Add(socket);
        return socket;
    }

    Task<CallSocket> ICallServer.OpenAsync(string user, string device) => OpenAsync(Query(user, device));

    /// <summary>Waits until the server and its calls know.</summary>
    public Task LoseAsync(CallSocket socket)
    {
        var closed = Logs.NextAsync("A WebSocket closed.");
        socket.Raw.Abort();
        return closed;
    }

    public TimeSpan Pass(TimeSpan time)
    {
        Time.Advance(time);
        return time;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        await _app.DisposeAsync();
    }

    private static string Query(string user, string device) => $"user={user}&device={device}&name={user.ToUpper(CultureInfo.InvariantCulture)}";
}
