using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>The router of one server: holds the limits, asks the app, and gives what passes to where the calls live.</summary>
internal sealed class CallRouter(
    IOptions<CallSignalingOptions> options,
    ICallHome home,
    UserLimits limits,
    AppKnowledge app,
    SignalingInstruments instruments,
    Farewell farewell,
    TimeProvider time,
    ILogger<CallRouter> logger) : ICallRouter
{
    private static readonly PongMessage Pong = new();
    private readonly CallSignalingOptions _options = options.Value;

    public async ValueTask ConnectAsync(ICallConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var party = connection.Party;
        var servers = await app.IceServersOfAsync(party.UserId, cancellationToken).ConfigureAwait(false);
        await home.EnterAsync(
            connection,
            progress => new WelcomeMessage
            {
                UserId = party.UserId,
                DeviceId = party.DeviceId,
                IceServers = servers,
                RingTimeout = _options.RingTimeout.TotalSeconds,
                ExpiresIn = WelcomeExpiry.In(connection, servers, time),
                Calls = progress,
            },
            cancellationToken).ConfigureAwait(false);

        // It had passed the door before that was shut.
        if (farewell.IsStopping)
            Farewell.Tell(connection);
    }

    public ValueTask ReceiveAsync(ICallConnection connection, SignalingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(message);
        return limits.MaySend(connection.Party.UserId, out var wait)
            ? TakeAsync(connection, message, cancellationToken)
            : SlowDownAsync(connection, message, wait, cancellationToken);
    }

    /// <summary>Takes candidates as they came.</summary>
    public ValueTask ReceiveAsync(QueuedConnection connection, in CandidatesText text, CancellationToken cancellationToken)
    {
        var timestamp = time.GetTimestamp();
        var isTooFast = !limits.MaySend(connection, timestamp, out var wait);
        if (!isTooFast && home.TryPass(connection, text, timestamp))
            return ValueTask.CompletedTask;
        var message = text.Read();
        return isTooFast ? SlowDownAsync(connection, message, wait, cancellationToken) : RouteAsync(connection, message, cancellationToken);
    }

    private ValueTask TakeAsync(ICallConnection connection, SignalingMessage message, CancellationToken cancellationToken)
    {
        if (MessageRules.Check(message) is { } wrong)
            Refuse(connection, ErrorCodes.BadMessage, wrong, message);
        else if (MessageRules.IsFromServerOnly(message))
            Refuse(connection, ErrorCodes.NotAllowed, "Only the server says this.", message);
        else if (message is ResumeMessage resume)
            return ResumeAsync(connection, resume, cancellationToken);
        else if (message is CallMessage inCall)
            return RouteAsync(connection, inCall, cancellationToken);
        else if (message is PingMessage)
            connection.Send(Pong);
        else
            RefuseUnknown(connection, message);
        return ValueTask.CompletedTask;
    }

    public async ValueTask MalformedAsync(ICallConnection connection, string error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!limits.MaySendMalformed(connection.Party.UserId, out var wait))
            await SlowDownAsync(connection, message: null, wait, cancellationToken).ConfigureAwait(false);
        else
            Refuse(connection, ErrorCodes.BadMessage, error, message: null);
    }

    public void Disconnect(ICallConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        home.Leave(connection);
    }

    /// <summary>Gives a message to its call. Waits only where the calls live elsewhere: a message to a call in this server's memory costs no task.</summary>
    private ValueTask RouteAsync(ICallConnection connection, CallMessage message, CancellationToken cancellationToken)
    {
        var received = home.ReceiveAsync(connection, message, cancellationToken);
        if (!received.IsCompletedSuccessfully)
            return WaitAsync(received, connection, message, cancellationToken);
        return received.Result ? ValueTask.CompletedTask : NotKnownAsync(connection, message, cancellationToken);
    }

    private async ValueTask WaitAsync(
        ValueTask<bool> received, ICallConnection connection, CallMessage message, CancellationToken cancellationToken)
    {
        if (!await received.ConfigureAwait(false))
            await NotKnownAsync(connection, message, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask NotKnownAsync(ICallConnection connection, CallMessage message, CancellationToken cancellationToken)
    {
        if (message is InitiateMessage initiate)
            return StartAsync(connection, initiate, cancellationToken);
        RefuseUnknown(connection, message);
        return ValueTask.CompletedTask;
    }

    private async ValueTask StartAsync(ICallConnection connection, InitiateMessage initiate, CancellationToken cancellationToken)
    {
        using var route = SignalingActivities.Route(initiate);
        initiate = initiate with { TraceParent = SignalingActivities.ForCallees(route, initiate) };
        var admission = await home.AdmitAsync(connection, initiate.ChatId, cancellationToken).ConfigureAwait(false);
        if (admission == CallAdmission.Granted)
        {
            if (await app.CalleesOfAsync(connection.Party.UserId, initiate.ChatId, cancellationToken).ConfigureAwait(false) is not { } callees)
            {
                connection.Send(new RejectedMessage { CallId = initiate.CallId, Seq = 1, Reason = RejectReasons.Unavailable });
                return;
            }

            admission = await home.StartAsync(connection, initiate, callees, cancellationToken).ConfigureAwait(false);
        }

        if (admission == CallAdmission.TooManyCalls)
            Refuse(connection, ErrorCodes.TooManyCalls, $"A user may have {_options.Limits.MaxCallsPerUser} calls at once.", initiate);
        else if (admission == CallAdmission.TooManyRings)
            Refuse(connection, ErrorCodes.TooManyRings, "Too many rings in a short time: wait before ringing again.", initiate);
    }

    private async ValueTask ResumeAsync(ICallConnection connection, ResumeMessage resume, CancellationToken cancellationToken)
    {
        Dictionary<CallId, int> received = [];
        foreach (var progress in resume.Calls)
            received[progress.CallId] = progress.Received;
        instruments.Replayed(await home.ResumeAsync(connection, received, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Refuses a message that came too fast, and takes no more from that connection until the next may come: a flood then waits in the
    /// sender's own buffers, once those of the transport are full.</summary>
    private async ValueTask SlowDownAsync(ICallConnection connection, SignalingMessage? message, TimeSpan wait, CancellationToken cancellationToken)
    {
        // The pause begins before the client hears of it: whoever has read the refusal can rely on the clock that runs.
        var pause = Task.Delay(wait, time, cancellationToken);
        Refuse(connection, ErrorCodes.RateLimited, "Too many messages in a short time: this one was thrown away.", message);
        if (message is CallMessage { Seq: { } seq } inCall)
            await home.DiscardAsync(connection, inCall.CallId, seq, cancellationToken).ConfigureAwait(false);
        await pause.ConfigureAwait(false);
    }

    private void RefuseUnknown(ICallConnection connection, SignalingMessage message)
        => Refuse(connection, ErrorCodes.NotAllowed, "There is no such call, or this device may not say this in it.", message);

    private void Refuse(ICallConnection connection, string code, string text, SignalingMessage? message)
    {
        Log.MessageRefused(logger, code);
        connection.Send(new ErrorMessage { Code = code, Message = text, CallId = (message as CallMessage)?.CallId });
    }
}
