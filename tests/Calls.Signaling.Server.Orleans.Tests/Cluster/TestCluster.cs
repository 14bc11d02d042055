using System.Net.WebSockets;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>Redis and three servers.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("calls-redis-").FullName;
    private readonly List<ServerProcess> _all = [];
    private readonly ServerProcess[] _nodes = new ServerProcess[3];
    private readonly NodeBuilds _builds = new();
    private readonly double _ringSeconds;
    private readonly double _resumeSeconds;

    private TestCluster(double ringSeconds, double resumeSeconds) => (_ringSeconds, _resumeSeconds) = (ringSeconds, resumeSeconds);

    public ServerProcess Redis { get; private set; } = null!;

    public static async Task<TestCluster> StartAsync(double ringSeconds, double resumeSeconds = 30)
    {
        var cluster = new TestCluster(ringSeconds, resumeSeconds);
        cluster.Redis = await ServerProcess.RedisAsync(cluster._directory, ServerPort.Free());
        cluster._all.Add(cluster.Redis);
        for (var i = 0; i < 3; i++)
            await cluster.ReplaceAsync(i);
        return cluster;
    }

    /// <summary>The ports of the servers, one of them first.</summary>
    public IEnumerable<int> PortsFrom(int first) => Enumerable.Range(first, 3).Select(i => Volatile.Read(ref _nodes[i % 3]).Port);

    /// <summary>Connects a device to one server, and takes the welcome.</summary>
    public async Task<CallSocket> ConnectAsync(int node, string user, string device)
    {
        ClientWebSocket client = new();
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{PortsFrom(node).First()}/calls?user={user}&device={device}"), CancellationToken.None)
            .WaitAsync(CallSocket.Patience);
        var socket = new CallSocket(client);
        await socket.NextAsync<WelcomeMessage>();
        return socket;
    }

    public void Kill(int node) => _nodes[node].Kill();

    public Task StopAsync(int node) => _nodes[node].StopAsync();

    /// <summary>Starts a server in the place of one.</summary>
    public async Task ReplaceAsync(int node)
    {
        var started = await ServerProcess.NodeAsync(_builds.Next(), Redis.Port, _ringSeconds, _resumeSeconds);
        _all.Add(started);
        Volatile.Write(ref _nodes[node], started);
    }

    /// <summary>Ends Redis, and starts it again on what it has written.</summary>
    public async Task RestartRedisAsync(TimeSpan away)
    {
        await Redis.StopAsync();
        await Task.Delay(away, TimeProvider.System);
        Redis = await ServerProcess.RedisAsync(_directory, Redis.Port);
        _all.Add(Redis);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_all))
            await process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
