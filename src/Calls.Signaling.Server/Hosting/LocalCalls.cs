using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>The calls of one server, all in its memory.</summary>
internal sealed class LocalCalls(
    IOptions<CallSignalingOptions> options,
    ConnectionRegistry connections,
    UserLimits limits,
    AppKnowledge app,
    CallWatch watch,
    TimeProvider time,
    ILogger<LocalCalls> logger) : ICallHome, ICallHost
{
    private readonly int _maxCalls = options.Value.Limits.MaxCallsPerUser;
    private readonly CallTable _calls = new();
    private readonly long _origin = time.GetTimestamp();
    private long _lastTicks;

    public TimeProvider Time => time;

    public TimeSpan Now => TimeSpan.FromTicks(RisingTicks.Next(ref _lastTicks, time.GetElapsedTime(_origin).Ticks));

    public TimeSpan SharedAt(long timestamp) => TimeSpan.FromTicks(Math.Max(Volatile.Read(ref _lastTicks), time.GetElapsedTime(_origin, timestamp).Ticks));

    public RoutedCallSettings Settings { get; } = RoutedCallSettings.Of(options.Value);

    public ConnectionRegistry Connections => connections;

    public ReplayPages Pages { get; } = new();

    /// <summary>How many calls are held, those that are only remembered among them.</summary>
    internal int Count => _calls.Count;

    public ValueTask EnterAsync(
        ICallConnection connection, Func<IReadOnlyList<CallProgress>, WelcomeMessage> welcome, CancellationToken cancellationToken)
    {
        var party = connection.Party;
        var device = DeviceKey.Of(party);
        List<CallProgress> progress = [];
        foreach (var call in _calls.Of(party.UserId))
        {
            if (call.ReceivedFrom(device) is { } received)
                progress.Add(new CallProgress(call.Id, received));
        }

        // Before anybody can find the connection, so that nothing comes before the welcome.
        connection.Send(welcome(progress));
        foreach (var call in _calls.Of(party.UserId))
            call.Replace(device);
        connections.Add(connection)?.Close(ConnectionRegistry.Superseded);
        foreach (var call in _calls.Of(party.UserId))
            call.Attend(party);
        return ValueTask.CompletedTask;
    }

    public void Leave(ICallConnection connection)
    {
        if (!connections.Remove(connection))
            return;
        foreach (var call in _calls.Of(connection.Party.UserId))
            call.Attend(connection.Party);
    }

    public ValueTask<bool> ReceiveAsync(ICallConnection connection, CallMessage message, CancellationToken cancellationToken)
    {
        if (_calls.Find(message.CallId) is not { } call)
            return new(false);
        call.Receive(connection.Party, message);
        return new(true);
    }

    public bool TryPass(QueuedConnection connection, in CandidatesText text, long timestamp)
    {
        // One candidate seldom comes alone. A call that is no more takes none.
        var call = connection.Call is { } last && Ascii.Equals(text.CallId, last.Id.Value) ? last : _calls.Find(text.CallId);
        return call?.TryPass(connection, text, timestamp) == true;
    }

    public ValueTask DiscardAsync(ICallConnection connection, CallId call, int seq, CancellationToken cancellationToken)
    {
        _calls.Find(call)?.Discard(DeviceKey.Of(connection.Party), seq);
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> ResumeAsync(ICallConnection connection, IReadOnlyDictionary<CallId, int> received, CancellationToken cancellationToken)
    {
        return new(HostedCall.Resume(_calls.Of(connection.Party.UserId), connection, received));
    }

    public ValueTask<CallAdmission> AdmitAsync(ICallConnection connection, string chatId, CancellationToken cancellationToken)
    {
        var callerId = connection.Party.UserId;
        if (!_calls.HasRoom(callerId, _maxCalls))
            return new(CallAdmission.TooManyCalls);
        return new(limits.MayRing(callerId, chatId) ? CallAdmission.Granted : CallAdmission.TooManyRings);
    }

    public ValueTask<CallAdmission> StartAsync(
        ICallConnection connection, InitiateMessage initiate, IReadOnlyList<Callee> callees, CancellationToken cancellationToken)
    {
        var caller = connection.Party;
        switch (new HostedCall(initiate.CallId, caller, callees, this).Start(_calls, _maxCalls, initiate, caller, callees))
        {
            case CallTable.AddResult.Added:
                Log.CallStarted(logger, initiate.CallId);
                break;
            case CallTable.AddResult.TooMany:
                return new(CallAdmission.TooManyCalls);
            default:
                _calls.Find(initiate.CallId)?.Receive(caller, initiate);
                break;
        }

        return new(CallAdmission.Granted);
    }

    public ValueTask<string?> FindTroubleAsync(CancellationToken cancellationToken) => new((string?)null);

    void ICallHost.WentOn(RoutedCall? before, RoutedCall? after)
    {
        watch.Holds(before, after);
        if (after is not null)
            watch.WentOn(before, after, Now);
    }

    void ICallHost.Forget(HostedCall call)
    {
        _calls.Remove(call);
        Log.CallForgotten(logger, call.Id);
    }

    void ICallHost.Notify(RoutedCall call, Callee callee) => app.Notify(call, callee);
}
