namespace Calls.Signaling.WebSockets.Tests;

/// <summary>A channel, and all that it raises and logs.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public static readonly CallId Call = CallId.Parse("3f0c6f0e-6d0e-4b4e-9a0e-0d5a5d2f7c11");

    private readonly TimeProvider? _time;
    private ScriptedServer? _server;

    public Rig(Uri url, Action<WebSocketChannelOptions>? configure = null, TimeProvider? time = null, bool asBrowser = false)
    {
        _time = time;
        var options = new WebSocketChannelOptions { Url = url, ReconnectPolicy = new AtOnce() };
        configure?.Invoke(options);
        Channel = new WebSocketChannel(options, time, Log, asBrowser);
        Statuses = new Recorder<ChannelStatus>(Channel.Status);
        Messages = new Recorder<SignalingMessage>(Channel.Messages);
    }

    public WebSocketChannel Channel { get; }

    public CollectedLog Log { get; } = new();

    public Recorder<ChannelStatus> Statuses { get; }

    public Recorder<SignalingMessage> Messages { get; }

    /// <summary>Connects, and takes the welcome.</summary>
    public async Task<ServerPeer> ConnectedAsync(ScriptedServer server)
    {
        _server = server;
        await Channel.ConnectAsync().InTime();
        var peer = await server.AcceptAsync();
        (await Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
        await Statuses.UntilAsync(ChannelState.Connected);
        return peer;
    }

    public static EndMessage End(int seq) => new() { CallId = Call, Seq = seq, Reason = EndReasons.Hangup };

    /// <summary>Nobody waits for a farewell that no test looks at: the servers cut, a clock that stands still is moved.</summary>
    public async ValueTask DisposeAsync()
    {
        var disposing = Channel.DisposeAsync();
        _server?.CutAll();
        while (_time is RecordingTime clock && !disposing.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await disposing.InTime();
        Log.Dispose();
        Statuses.Dispose();
        Messages.Dispose();
    }

    /// <summary>Tests about anything but waiting do not wait.</summary>
    internal sealed class AtOnce : IReconnectPolicy
    {
        public TimeSpan? NextDelay(ReconnectAttempt attempt) => TimeSpan.FromMilliseconds(attempt.Number == 1 ? 0 : 20);
    }
}
