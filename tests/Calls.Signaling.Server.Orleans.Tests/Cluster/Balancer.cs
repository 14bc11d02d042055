using System.Net;
using System.Net.Sockets;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>What stands before a cluster: one address for a client, and behind it the first server that answers.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<IEnumerable<int>> _ports;
    private readonly Task _running;

    public Balancer(Func<IEnumerable<int>> ports)
    {
        _ports = ports;
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        List<Task> pairs = [];
        try
        {
            while (true)
                pairs.Add(JoinAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pairs);
        }
    }

    private async Task JoinAsync(TcpClient client)
    {
        using var _ = client;
        foreach (var port in _ports())
        {
            using TcpClient server = new();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                continue;
            }

            client.NoDelay = server.NoDelay = true;
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
            return;
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end is gone: so is the other.
        }
    }
}
