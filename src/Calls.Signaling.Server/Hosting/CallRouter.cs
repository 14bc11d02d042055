using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>The router of one server, all in memory: looks up connections and calls, holds the limits, and asks the app.</summary>
internal sealed class CallRouter(
    IOptions<CallSignalingOptions> options,
    ConnectionRegistry connections,
    UserLimits limits,
    AppKnowledge app,
    TimeProvider time,
    ILogger<CallRouter> logger) : ICallRouter, ICallHost
{
    private static readonly PongMessage Pong = new();
    private readonly CallSignalingOptions _options = options.Value;
    private readonly CallTable _calls = new();
    private readonly long _origin = time.GetTimestamp();
    private long _lastTicks;

    public TimeProvider Time => time;

    public TimeSpan Now
    {
        get
        {
            long last, next;
            do
            {
                last = Volatile.Read(ref _lastTicks);
                next = Math.Max(time.GetElapsedTime(_origin).Ticks, last + 1);
            }
            while (Interlocked.CompareExchange(ref _lastTicks, next, last) != last);
            return TimeSpan.FromTicks(next);
        }
    }

    public RoutedCallSettings Settings { get; } = new()
    {
        RingTimeout = options.Value.RingTimeout,
        ResumeWindow = options.Value.ResumeWindow,
        MaxCandidates = options.Value.Limits.MaxCandidatesPerCall,
        MaxKeptMessages = options.Value.Limits.MaxKeptMessages,
    };

    public ConnectionRegistry Connections => connections;

    /// <summary>How many calls are held, those that are only remembered among them.</summary>
    internal int CallCount => _calls.Count;

    public async ValueTask ConnectAsync(ICallConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var party = connection.Party;
        var device = DeviceKey.Of(party);
        var servers = await app.IceServersOfAsync(party.UserId, cancellationToken).ConfigureAwait(false);
        List<CallProgress> progress = [];
        foreach (var call in _calls.Of(party.UserId))
        {
            if (call.ReceivedFrom(device) is { } received)
                progress.Add(new CallProgress(call.Id, received));
        }

        // Before anybody can find the connection, so that nothing comes before the welcome.
        connection.Send(new WelcomeMessage
        {
            UserId = party.UserId,
            DeviceId = party.DeviceId,
            IceServers = servers,
            RingTimeout = _options.RingTimeout.TotalSeconds,
            Calls = progress,
        });
        foreach (var call in _calls.Of(party.UserId))
            call.Replace(device);
        connections.Add(connection)?.Close(new ErrorMessage
        {
            Code = ErrorCodes.Superseded,
            Message = "This device has connected again; this older connection closes.",
        });
        foreach (var call in _calls.Of(party.UserId))
            call.Attend(party);
    }

    public ValueTask ReceiveAsync(ICallConnection connection, SignalingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(message);
        if (!limits.MaySend(connection.Party.UserId, out var wait))
            return SlowDownAsync(connection, message, wait, cancellationToken);
        if (MessageRules.Check(message) is { } wrong)
            Refuse(connection, ErrorCodes.BadMessage, wrong, message);
        else if (MessageRules.IsFromServerOnly(message))
            Refuse(connection, ErrorCodes.NotAllowed, "Only the server says this.", message);
        else if (message is ResumeMessage resume)
            Resume(connection, resume);
        else if (message is CallMessage inCall && _calls.Find(inCall.CallId) is { } call)
            call.Receive(connection.Party, inCall);
        else if (message is PingMessage)
            connection.Send(Pong);
        else if (message is InitiateMessage initiate)
            return StartAsync(connection, initiate, cancellationToken);
        else
            Refuse(connection, ErrorCodes.NotAllowed, "There is no such call, or this device may not say this in it.", message);
        return ValueTask.CompletedTask;
    }

    public async ValueTask MalformedAsync(ICallConnection connection, string error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!limits.MaySend(connection.Party.UserId, out var wait))
            await SlowDownAsync(connection, message: null, wait, cancellationToken).ConfigureAwait(false);
        else
            Refuse(connection, ErrorCodes.BadMessage, error, message: null);
    }

    public void Disconnect(ICallConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!connections.Remove(connection))
            return;
        foreach (var call in _calls.Of(connection.Party.UserId))
            call.Attend(connection.Party);
    }

    void ICallHost.Forget(HostedCall call)
    {
        _calls.Remove(call);
        Log.CallForgotten(logger, call.Id);
    }

    void ICallHost.Notify(RoutedCall call, Callee callee)
        => app.Notify(new CallNotification(callee.UserId, call.Id, callee.ChatId, call.Caller, call.Video, call.Settings.RingTimeout));

    private async ValueTask StartAsync(ICallConnection connection, InitiateMessage initiate, CancellationToken cancellationToken)
    {
        var caller = connection.Party;
        if (!_calls.HasRoom(caller.UserId, _options.Limits.MaxCallsPerUser))
        {
            RefuseTooManyCalls(connection, initiate);
            return;
        }

        if (!limits.MayRing(caller.UserId, initiate.ChatId))
        {
            Refuse(connection, ErrorCodes.TooManyRings, "Too many rings in a short time: wait before ringing again.", initiate);
            return;
        }

        if (await app.CalleesOfAsync(caller.UserId, initiate.ChatId, cancellationToken).ConfigureAwait(false) is not { } callees)
        {
            connection.Send(new RejectedMessage { CallId = initiate.CallId, Seq = 1, Reason = RejectReasons.Unavailable });
            return;
        }

        var call = new HostedCall(initiate.CallId, caller, callees, this);
        switch (call.Start(_calls, _options.Limits.MaxCallsPerUser, initiate, caller, callees))
        {
            case CallTable.AddResult.Added:
                Log.CallStarted(logger, call.Id);
                break;
            case CallTable.AddResult.TooMany:
                RefuseTooManyCalls(connection, initiate);
                break;
            default:
                _calls.Find(initiate.CallId)?.Receive(caller, initiate);
                break;
        }
    }

    private void RefuseTooManyCalls(ICallConnection connection, InitiateMessage initiate)
        => Refuse(connection, ErrorCodes.TooManyCalls, $"A user may have {_options.Limits.MaxCallsPerUser} calls at once.", initiate);

    private void Resume(ICallConnection connection, ResumeMessage resume)
    {
        Dictionary<CallId, int> received = [];
        foreach (var progress in resume.Calls)
            received[progress.CallId] = progress.Received;
        HostedCall.Resume(_calls.Of(connection.Party.UserId), connection, received);
    }

    /// <summary>Refuses a message that came too fast, and takes no more from that connection until the next may come: a flood then waits in the
    /// sender's own buffers, not here.</summary>
    private async ValueTask SlowDownAsync(ICallConnection connection, SignalingMessage? message, TimeSpan wait, CancellationToken cancellationToken)
    {
        // The pause begins before the client hears of it: whoever has read the refusal can rely on the clock that runs.
        var pause = Task.Delay(wait, time, cancellationToken);
        Refuse(connection, ErrorCodes.RateLimited, "Too many messages in a short time: this one was thrown away.", message);
        if (message is CallMessage { Seq: { } seq } inCall)
            _calls.Find(inCall.CallId)?.Discard(DeviceKey.Of(connection.Party), seq);
        await pause.ConfigureAwait(false);
    }

    private void Refuse(ICallConnection connection, string code, string text, SignalingMessage? message)
    {
        Log.MessageRefused(logger, code);
        connection.Send(new ErrorMessage { Code = code, Message = text, CallId = (message as CallMessage)?.CallId });
    }
}
