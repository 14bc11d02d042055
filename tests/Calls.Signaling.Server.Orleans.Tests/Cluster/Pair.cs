using System.Reactive.Linq;
using Calls.Signaling.WebSockets;
using Calls.Testing;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>Two people with real managers and real WebSockets, each at a server of the cluster, and what became of their one call.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly Balancer[] _balancers;
    private readonly CallManager[] _managers;
    private readonly List<CallEnd>[] _ends = [[], []];
    private readonly List<IDisposable> _watching = [];

    public Pair(TestCluster cluster, string name, int callerNode, int calleeNode, Boundary? boundary = null, bool accepts = true)
    {
        Name = name;
        ScriptedMediaNetwork network = new();
        _balancers = [new(() => cluster.PortsFrom(callerNode)), new(() => cluster.PortsFrom(calleeNode))];
        _managers = [.. Enumerable.Range(0, 2).Select(side =>
        {
            ISignalingChannel channel = new WebSocketChannel(new WebSocketChannelOptions
            {
                Url = new Uri($"ws://127.0.0.1:{_balancers[side].Port}/calls?user={User(side)}"),
                DeviceId = "d1",
                ConnectTimeout = TimeSpan.FromSeconds(5),
                ReconnectPolicy = new JitteredBackoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500)),
            });
            return new CallManager(boundary?.Watch(channel) ?? channel, new ScriptedMediaSource(network));
        })];
        for (var side = 0; side < 2; side++)
        {
            var ends = _ends[side];
            _watching.Add(_managers[side].Ends.Subscribe(end =>
            {
                lock (ends)
                    ends.Add(end);
            }));
        }

        if (accepts)
            _watching.Add(Callee.States.Where(state => state == CallState.IncomingRinging).Subscribe(ringing => _ = AcceptAsync()));
    }

    public string Name { get; }

    public CallManager Caller => _managers[0];

    public CallManager Callee => _managers[1];

    public bool IsConnected => Caller.Current.State == CallState.Connected && Callee.Current.State == CallState.Connected;

    public bool IsOver => !Caller.Current.IsActive && !Callee.Current.IsActive;

    /// <summary>Whether both sides have been told that it is over, as observers are: a little later than it is.</summary>
    public bool IsTold => IsOver && Ends is (> 0, > 0);

    /// <summary>How often each side was told of an end.</summary>
    public (int Caller, int Callee) Ends => (Count(0), Count(1));

    public Task ConnectAsync() => Task.WhenAll(_managers.Select(manager => manager.ConnectAsync()));

    public async Task RingAsync()
    {
        try
        {
            await Caller.StartOutgoingAsync(User(1), video: false);
        }
        catch (CallException)
        {
            // It ended before it rang; the ends tell.
        }
    }

    public async Task<bool> UntilAsync(Func<Pair, bool> condition, TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition(this))
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return true;
    }

    public override string ToString()
        => $"{Name}: {Caller.Current.State} {Caller.Current.End?.Reason} / {Callee.Current.State} {Callee.Current.End?.Reason}, ends {Ends}";

    public async ValueTask DisposeAsync()
    {
        _watching.ForEach(one => one.Dispose());
        foreach (var manager in _managers)
            await manager.DisposeAsync();
        foreach (var balancer in _balancers)
            await balancer.DisposeAsync();
    }

    private string User(int side) => $"{Name}{(side == 0 ? "a" : "b")}";

    private int Count(int side)
    {
        lock (_ends[side])
            return _ends[side].Count;
    }

    private async Task AcceptAsync()
    {
        try
        {
            await Callee.AcceptIncomingAsync(video: false);
        }
        catch (Exception exception) when (exception is CallException or InvalidOperationException)
        {
            // It ended meanwhile; the ends tell.
        }
    }
}
