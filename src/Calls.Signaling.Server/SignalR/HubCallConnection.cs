using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Calls.Signaling.Server;

/// <summary>The sending half of a hub's client: one <c>Receive</c> a message.</summary>
internal sealed class HubCallConnection : QueuedConnection
{
    private readonly HubCallerContext _context;
    private readonly ISingleClientProxy _client;
    private readonly FramedClient? _framed;
    private readonly bool _isBinary;
    private readonly bool _isOurs;
    private Task _sending = Task.CompletedTask;

    /// <param name="party">Whose it is.</param>
    /// <param name="hub">The hub, which outlives no invocation; what it knows of its client does.</param>
    /// <param name="isOurs">Whether the connection is for calls alone, so that it closes with them.</param>
    /// <param name="terms">What it goes by.</param>
    public HubCallConnection(Party party, Hub hub, bool isOurs, ConnectionTerms terms)
        : base(party, "signalr", terms)
    {
        (_context, _client, _isOurs) = (hub.Context, hub.Clients.Caller, isOurs);
        // Only our own hub has one.
        _framed = hub.Context.Features.Get<FramedClient>();
        // SignalR says there which of its protocols was agreed on: JSON is text, MessagePack is not.
        _isBinary = hub.Context.Features.Get<ITransferFormatFeature>()?.ActiveFormat == TransferFormat.Binary;
    }

    /// <summary>Takes leave of the router once all is written.</summary>
    public void Start(ICallRouter router) => _sending = SendAsync(router);

    /// <summary>Ends without closing the transport, and waits for what is still to be written.</summary>
    public async Task LeaveAsync()
    {
        Close(CloseReasons.Gone);
        await _sending.ConfigureAwait(false);
        Dispose();
    }

    protected override ValueTask WriteAsync(SignalingMessage message)
    {
        var utf8 = SignalingJson.Serialize(message);
        return _framed?.SendAsync(utf8, Aborted) ?? SendAsync(_isBinary ? utf8 : new HubText(utf8));
    }

    // SignalR has written an argument when its task completes, so that the text may be used again then.
    protected override ValueTask WriteAsync(PassedText text)
        => _framed?.SendAsync(text.Utf8.Span, Aborted) ?? SendAsync(_isBinary ? text.Utf8.ToArray() : new HubText(text.Utf8));

    protected override async ValueTask SayGoodbyeAsync(string reason)
    {
        if (!_isOurs || reason == CloseReasons.Gone)
            return;
        // To abort is to throw away what is on its way. A server that stops has the time to let the client read why and hang up itself.
        if (reason == ErrorCodes.ServerStopping)
            await GoneAsync().ConfigureAwait(false);
        _context.Abort();
    }

    protected override bool IsBreak(Exception exception) => exception is IOException;

    private ValueTask SendAsync(object argument) => new(_client.SendCoreAsync(CallHub.Receive, [argument], Aborted));

    private async Task GoneAsync()
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var left = _context.ConnectionAborted.Register(gone.SetResult).ConfigureAwait(false);
        await gone.Task.WaitAsync(Aborted).ConfigureAwait(false);
    }

    private async Task SendAsync(ICallRouter router)
    {
        await WhenOverAsync().ConfigureAwait(false);
        // A client that never took its goodbye.
        if (_isOurs && Aborted.IsCancellationRequested)
            _context.Abort();
        router.Disconnect(this);
    }
}
