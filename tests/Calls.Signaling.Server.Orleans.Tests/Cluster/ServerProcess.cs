using System.Diagnostics;
using System.Globalization;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>A process of the cluster, killed with the test whatever happens.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string file, Predicate<string> isReady, params string[] arguments)
    {
        _process = new Process { StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        _process.OutputDataReceived += (_, line) =>
        {
            Said.Enqueue(line.Data ?? "");
            if (line.Data is { } said && isReady(said))
                _ready.TrySetResult();
        };
        _process.ErrorDataReceived += (_, line) => Said.Enqueue(line.Data ?? "");
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{file} ended: {string.Join('\n', Said)}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public System.Collections.Concurrent.ConcurrentQueue<string> Said { get; } = new();

    /// <summary>Where it listens for clients.</summary>
    public int Port { get; private init; }

    /// <summary>Redis, with everything on disk at once.</summary>
    public static async Task<ServerProcess> RedisAsync(string directory, int port)
    {
        var redis = new ServerProcess(
            "redis-server", line => line.Contains("Ready to accept connections", StringComparison.Ordinal), "--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory, "--save", "",
            "--appendonly", "yes")
        { Port = port };
        await redis._ready.Task.WaitAsync(Patience);
        return redis;
    }

    /// <summary>A signaling server, of this build or another, that joins the cluster of a Redis.</summary>
    public static async Task<ServerProcess> NodeAsync(string build, int redis, double ringSeconds, double resumeSeconds)
    {
        var http = ServerPort.Free();
        var node = new ServerProcess(
            "dotnet", line => line == "ready", build, "--http", $"{http}", "--silo",
            $"{ServerPort.Free()}", "--gateway", $"{ServerPort.Free()}", "--redis", $"127.0.0.1:{redis}", "--ring",
            ringSeconds.ToString(CultureInfo.InvariantCulture), "--resume", resumeSeconds.ToString(CultureInfo.InvariantCulture))
        { Port = http };
        await node._ready.Task.WaitAsync(Patience);
        return node;
    }

    /// <summary>SIGKILL: not another word.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: it says goodbye first.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("-TERM");
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }
}
