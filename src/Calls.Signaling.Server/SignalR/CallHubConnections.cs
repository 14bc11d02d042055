using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server;

/// <summary>
/// Adds calls to a hub that the app already has: the hub forwards <c>Join</c>, <c>Leave</c>, <c>Send</c> and <c>OnDisconnectedAsync</c>. Its clients connect with
/// <c>?device=</c> in the hub's address, and are the users whom ASP.NET Core authenticated.
/// <code>
/// public sealed class ChatHub(CallHubConnections calls) : Hub
/// {
///     public Task&lt;int&gt; Join() => calls.JoinAsync(this);
///     public Task Leave() => calls.LeaveAsync(this);
///     public Task Send(object? message) => calls.ReceiveAsync(this, message);
///     public override Task OnDisconnectedAsync(Exception? exception) => calls.LeaveAsync(this);
/// }
/// </code>
/// </summary>
/// <remarks>Needs one invocation at a time for each client, SignalR's default (<c>HubOptions.MaximumParallelInvocationsPerClient</c>), and a
/// <c>HubOptions.MaximumReceiveMessageSize</c> above <see cref="CallSignalingLimits.MaxMessageBytes"/>; SignalR's own default is less. The connection stays the
/// app's: where the rules say that a connection closes (superseded, slow reader, too large), calls leave it, and it lives on. Whether it ends
/// with the token that authenticated it is the app's to say (<c>HttpConnectionDispatcherOptions.CloseOnAuthenticationExpiration</c>); so is a fresh one.</remarks>
public sealed class CallHubConnections
{
    private static readonly object Key = new();
    private readonly ConnectionCheck _check;
    private readonly MessageIntake _intake;
    private readonly ICallRouter _router;
    private readonly ConnectionTerms _terms;
    private readonly ILogger _log;

    internal CallHubConnections(
        ConnectionCheck check, MessageIntake intake, ICallRouter router, ConnectionTerms terms, ILogger<CallHubConnections> log)
        => (_check, _intake, _router, _terms, _log) = (check, intake, router, terms, log);

    /// <summary>Takes part in calls from now on: the client is sent <c>call:welcome</c>. One that takes part already starts anew.</summary>
    /// <param name="hub">The hub, inside of an invocation or of <c>OnConnectedAsync</c>.</param>
    /// <returns>200; or the HTTP status of a refusal: 401 no authenticated user, 403 a foreign origin, 400 no or an ill-formed device, 429 one device
    /// too many. Give it back to the client, which gives up at 401 and 403.</returns>
    public Task<int> JoinAsync(Hub hub) => JoinAsync(hub, isOurs: false);

    /// <summary>Takes what a client sent: the protocol's JSON object, or the same JSON as UTF-8 bytes or as a string. Ignored from one that takes no part
    /// in calls.</summary>
    /// <param name="hub">The hub, inside of an invocation.</param>
    /// <param name="message">The invocation's only argument.</param>
    public async Task ReceiveAsync(Hub hub, object? message)
    {
        ArgumentNullException.ThrowIfNull(hub);
        if (ConnectionOf(hub) is not { } connection)
            return;
        try
        {
            await TakeAsync(connection, message, hub.Context.ConnectionAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hub.Context.ConnectionAborted.IsCancellationRequested)
        {
            // Gone while it had to wait: there is nobody left to tell.
        }
    }

    /// <summary>Takes no part in calls any more. Calls wait for the device for <see cref="CallSignalingOptions.ResumeWindow"/>. May be said again.</summary>
    /// <param name="hub">The hub, inside of an invocation or of <c>OnDisconnectedAsync</c>.</param>
    public async Task LeaveAsync(Hub hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        if (ConnectionOf(hub) is not { } connection)
            return;
        hub.Context.Items.Remove(Key);
        _router.Disconnect(connection);
        await connection.LeaveAsync().ConfigureAwait(false);
        HubLog.Left(_log);
    }

    internal async Task<int> JoinAsync(Hub hub, bool isOurs)
    {
        ArgumentNullException.ThrowIfNull(hub);
        await LeaveAsync(hub).ConfigureAwait(false);
        var http = hub.Context.GetHttpContext();
        var (party, status, _) = http is not null ? _check.Examine(http) : (null, StatusCodes.Status400BadRequest, "");
        if (party is null)
        {
            HubLog.Refused(_log, status);
            if (isOurs)
                hub.Context.Abort();
            return status;
        }

        var connection = new HubCallConnection(party, hub, isOurs, _terms);
        if (isOurs)
            connection.CloseAt(AuthenticationExpiry.Of(http!, _terms.Options));
        hub.Context.Items[Key] = connection;
        connection.Start(_router);
        HubLog.Joined(_log);
        var gone = hub.Context.ConnectionAborted;
        try
        {
            await _router.ConnectAsync(connection, gone).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody is welcomed.
        }

        // It may have gone, and said so, before the router knew it.
        if (gone.IsCancellationRequested)
            _router.Disconnect(connection);
        return status;
    }

    private static HubCallConnection? ConnectionOf(Hub hub)
        => hub.Context.Items.TryGetValue(Key, out var connection) ? (HubCallConnection?)connection : null;

    private ValueTask TakeAsync(HubCallConnection connection, object? message, CancellationToken gone)
        => SignalingArgument.TryGetUtf8(message, out var utf8)
            ? _intake.TakeAsync(connection, utf8, gone)
            : _intake.MalformedAsync(connection, "A message is a JSON object, or its text.", gone);
}
