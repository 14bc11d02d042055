using System.Net.WebSockets;
using Calls.Signaling.Server.Orleans.Node;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>One server with its silo, in this process, with everything in memory.</summary>
internal sealed class OneNode : ICallServer
{
    private readonly WebApplication _app;
    private readonly List<CallSocket> _sockets = [];

    private OneNode(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<OneNode> StartAsync(
        double ringSeconds = 45, double resumeSeconds = 30, Action<CallSignalingOptions>? configure = null, Action<ICallSignalingBuilder>? plug = null)
    {
        var app = NodeHost.Build(
        [
            "--http", "0", "--silo", $"{ServerPort.Free()}", "--gateway", $"{ServerPort.Free()}", "--ring", FormattableString.Invariant($"{ringSeconds}"),
            "--resume", FormattableString.Invariant($"{resumeSeconds}"),
        ], configure, plug);
        await app.StartAsync();
        return new OneNode(app);
    }

    public static async Task<ICallServer> StartForCasesAsync(double ring, double resume) => await StartAsync(ring, resume);

    public async Task<CallSocket> ConnectAsync(string user, string device)
    {
        var socket = await OpenAsync(user, device);
        await socket.NextAsync<WelcomeMessage>();
        return socket;
    }

    public async Task<CallSocket> OpenAsync(string user, string device)
    {
        var client = new ClientWebSocket();
        var address = new UriBuilder(_app.Urls.Single()) { Scheme = "ws", Path = "/calls", Query = $"user={user}&device={device}&name={user.ToUpperInvariant()}" }.Uri;
        await client.ConnectAsync(address, CancellationToken.None).WaitAsync(CallSocket.Patience);
        var socket = new CallSocket(client);
        _sockets.Add(socket);
        return socket;
    }

    public Task LoseAsync(CallSocket socket)
    {
        socket.Raw.Abort();
        return Task.CompletedTask;
    }

    public TimeSpan Pass(TimeSpan time) => TimeSpan.Zero;

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        await _app.DisposeAsync();
    }
}
