using System.Net.WebSockets;
using Calls.Signaling.Server.Orleans.Node;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>A server of this version on a real Redis in which it finds what others left, at the time when they left it.</summary>
internal sealed class Heir : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("calls-redis-").FullName;
    private readonly List<CallSocket> _sockets = [];
    private ServerProcess? _process;
    private ConnectionMultiplexer? _redis;
    private WebApplication? _app;

    /// <param name="left">What it finds.</param>
    /// <param name="later">How much later than that its clock begins.</param>
    public static async Task<Heir> StartAsync(Stored left, TimeSpan later)
    {
        Heir heir = new();
        try
        {
            heir._process = await ServerProcess.RedisAsync(heir._directory, ServerPort.Free());
            var address = $"127.0.0.1:{heir._process.Port}";
            heir._redis = await ConnectionMultiplexer.ConnectAsync(address);
            await left.PutAsync(heir._redis);
            EarlierClock clock = new(DateTimeOffset.UnixEpoch + left.At + later);
            heir._app = NodeHost.Build(
                ["--http", "0", "--silo", $"{ServerPort.Free()}", "--gateway", $"{ServerPort.Free()}", "--redis", address], plug: calls => calls.Services.AddSingleton<TimeProvider>(clock));
            await heir._app.StartAsync();
            return heir;
        }
        catch
        {
            await heir.DisposeAsync();
            throw;
        }
    }

    public async Task<(CallSocket Socket, WelcomeMessage Welcome)> ConnectAsync(string user, string device)
    {
        ClientWebSocket client = new();
        var address = new UriBuilder(_app!.Urls.Single()) { Scheme = "ws", Path = "/calls", Query = $"user={user}&device={device}" }.Uri;
        await client.ConnectAsync(address, CancellationToken.None).WaitAsync(CallSocket.Patience);
        CallSocket socket = new(client);
        _sockets.Add(socket);
        return (socket, await socket.NextAsync<WelcomeMessage>());
    }

    /// <summary>What Redis has now.</summary>
    public Task<Stored> StoredAsync() => Stored.InAsync(_redis!);

    public async ValueTask DisposeAsync()
    {
        _sockets.ForEach(socket => socket.Dispose());
        if (_app is not null)
            await _app.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        if (_process is not null)
            await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The system's clock, put back to a moment: it runs on from there.</summary>
    private sealed class EarlierClock(DateTimeOffset from) : TimeProvider
    {
        private readonly TimeSpan _back = System.GetUtcNow() - from;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - _back;
    }
}
