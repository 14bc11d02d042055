using System.Text;
using System.Threading.Channels;
using Calls.Testing;

namespace Calls.Signaling.WebSockets.Tests;

/// <summary>The channel against real servers.</summary>
internal sealed class WebSocketRig : ISignalingRig
{
    private readonly Channel<SignalingMessage> _arrived = Channel.CreateUnbounded<SignalingMessage>();
    private readonly CancellationTokenSource _stop = new();
    private readonly HalfOpenServer _silent = new();
    private readonly ScriptedServer _server;
    private readonly Task _serving;
    private volatile TaskCompletionSource<ServerPeer> _peer = NewPeer();
    private volatile ServerManner _manner;
    private WebSocketChannel? _channel;

    private WebSocketRig(ScriptedServer server) => (_server, _serving) = (server, ServeAsync(server));

    public SignalingRigAbilities Abilities => SignalingRigAbilities.All;

    public ServerManner Manner
    {
        get => _manner;
        set
        {
            _manner = value;
            _server.RefuseWith = value switch { ServerManner.Unreachable => 503, ServerManner.Refuses => 401, _ => null };
        }
    }

    public int Attempts => _server.RequestsLeft;

    public TimeSpan SilenceLimit => TimeSpan.FromSeconds(1);

    public static async Task<WebSocketRig> StartedAsync() => new(await ScriptedServer.StartedAsync());

    public ISignalingChannel Open(TimeProvider timeProvider)
    {
        WebSocketChannelOptions options = new() { Url = _server.Url };
        if (Manner == ServerManner.Silent)
        {
            // Only here: a busy machine may well be late with a pong, and no other case is about that.
            options.Url = _silent.Url;
            options.PingInterval = options.PongTimeout = TimeSpan.FromSeconds(0.3);
        }

        return _channel = new WebSocketChannel(options, timeProvider);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> utf8) => await (await _peer.Task.InTime()).SendAsync(utf8.ToArray());

    public Task<SignalingMessage> ReceiveAsync(CancellationToken cancellationToken) => _arrived.Reader.ReadAsync(cancellationToken).AsTask();

    public async Task CutAsync()
    {
        var peer = await _peer.Task.InTime();
        _peer = NewPeer();
        peer.Cut();
    }

    public async ValueTask DisposeAsync()
    {
        _server.CutAll();
        await _channel!.DisposeAsync().InTime();
        await _stop.CancelAsync();
        await _server.DisposeAsync();
        await _serving;
        await _silent.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ServeAsync(ScriptedServer server)
    {
        List<Task> peers = [];
        try
        {
            while (true)
            {
                var peer = await server.AcceptAsync().WaitAsync(_stop.Token);
                if (_peer.Task.IsCompleted)
                    _peer = NewPeer();
                _peer.SetResult(peer);
                peers.Add(ReadAsync(peer));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(peers);
        }
    }

    private async Task ReadAsync(ServerPeer peer)
    {
        try
        {
            while (await peer.ReceiveTextAsync() is { } text)
            {
                SignalingJson.TryParse(Encoding.UTF8.GetBytes(text), out var message, out var error).Should().BeTrue(error);
                await _arrived.Writer.WriteAsync(message!);
            }

            await peer.AnswerCloseAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private static TaskCompletionSource<ServerPeer> NewPeer() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
