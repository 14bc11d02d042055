using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Storage;

namespace Calls.Signaling.Server.Orleans;

/// <summary>
/// One call: <see cref="RoutedCall"/> with a storage around it. Requests that come while one is being stored wait, and are then taken together; nothing
/// leaves before it is stored. A storage that refuses, or does not answer, is asked anew what is true.
/// </summary>
[GrainType("calls-call"), Reentrant, PreferLocalPlacement, CollectionAgeLimit(Minutes = 2)]
internal sealed partial class CallGrain(
    [PersistentState("call", CallStorage.Name)] IPersistentState<StoredDocument> store,
    CallGrainServices services,
    ILogger<CallGrain> logger) : Grain, ICallGrain, IRemindable
{
    private readonly Queue<Work> _waiting = new();
    private readonly Posting _posting = new(services);
    private KeptPages? _pages;
    private CallDocument? _call;
    private bool _isKnown;
    private bool _isInDoubt;
    private bool _isRunning;
    private bool _mayBegin;

    private KeptPages Pages => _pages ??= new KeptPages(services.Storage, this.GetGrainId(), services.Persistence);

    private string Key => this.GetPrimaryKeyString();

    public Task<CallReply> StartAsync(Link caller, byte[] initiate, RungUser[] rung, long at)
        => DoAsync(turn => turn.Document is null ? BeginAsync(turn, caller, initiate, rung, at) : new(Take(turn, caller, initiate, at)));

    public Task<CallReply> ReceiveAsync(Link sender, byte[] message, long at) => DoAsync(turn => new(Take(turn, sender, message, at)));

    public Task<CallReply> DiscardAsync(Link sender, int seq) => DoKnownAsync(turn =>
    {
        turn.Step(time => new RoutedInput.Discarded(time, sender.Device, seq));
        return new CallReply();
    });

    public Task<CallReply> AttachAsync(Link link) => DoKnownAsync(turn =>
    {
        var leg = turn.LegOf(link.Device);
        turn.Attach(link);
        return new CallReply { Received = leg?.Received, Sent = leg?.Sent };
    });

    public Task<CallReply> DetachAsync(string userId, string deviceId, Guid connection) => DoKnownAsync(turn =>
    {
        turn.Detach(new DeviceKey(userId, deviceId), connection);
        return new CallReply();
    });

    public Task<CallReply> ResumeAsync(Link link, int? lastSeq) => DoKnownAsync(turn =>
    {
        if (IsSuperseded(turn, link))
            return new CallReply();
        turn.Attach(link);
        var step = turn.Step(time => new RoutedInput.Resumed(time, link.Device, lastSeq), resuming: link);
        var missed = ReplayOrder.Replayed(link.Device, step)
            .Select(kept => new Post(link.Connection, Key, kept.Message.Seq ?? 0, kept.At.Ticks, SignalingJson.Serialize(kept.Message)));
        return new CallReply { Posts = [.. missed] };
    });

    public Task<CallReply> TouchAsync(string? gone)
    {
        if (gone is not null)
            services.Cluster.NoteGone(gone);
        return DoKnownAsync(turn =>
        {
            foreach (var link in turn.Document!.Links.Where(link => link.Silo == gone))
                turn.Detach(link.Device, link.Connection);
            return new CallReply();
        });
    }

    /// <summary>The safety net: wakes a call that nobody else wakes, because everybody who was in it was on the node that died with it.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if ((await TouchAsync(null)).Status == CallReplyStatus.Unknown)
            await ForgetReminderAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _posting.DrainAsync().WaitAsync(services.Patience, services.Time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Hold(null);
        _isKnown = false;
    }

    /// <summary>Has another state of the call than before, or none.</summary>
    private void Hold(CallDocument? call)
    {
        services.Watch.Holds(_call?.Call, call?.Call);
        _call = call;
    }

    /// <summary>Another activation has the call, or a write was refused: what this one believes is worth nothing.</summary>
    private void Doubt(Exception exception)
    {
        Log.NotStored(logger, exception);
        Hold(null);
        Pages.Doubt();
        (_isKnown, _isInDoubt) = (false, true);
        if (exception is InconsistentStateException)
            DeactivateOnIdle();
    }

    private CallReply Take(CallTurn turn, Link sender, byte[] json, long at)
    {
        services.Clock.Observe(at);
        var message = ForeignText.Read(json);
        if (turn.Document is not { } call)
        {
            _mayBegin |= message is InitiateMessage;
            return CallReply.Unknown;
        }

        if (IsSuperseded(turn, sender))
            return new CallReply();

        // Its node may have had no occasion yet to say that it is there.
        if (sender.UserId == call.Call.Caller.UserId || call.Call.Callees.Any(callee => callee.UserId == sender.UserId))
            turn.Attach(sender);
        if (message is null)
            return Refuse(turn, sender, json);
        var step = turn.Step(time => new RoutedInput.Received(time, sender.Party, message), asking: sender);
        var refusals = step.Effects.OfType<RoutedEffect.Refuse>().Where(refuse => refuse.To == sender.Device)
            .Select(refuse => new Post(sender.Connection, Key, 0, turn.Now.Ticks, SignalingJson.Serialize(turn.Refusal(refuse))));
        return new CallReply { Posts = [.. refusals] };
    }

    /// <summary>The node of the sender knows a message that this one does not: it is refused, and counted so that the next one is the next.</summary>
    private CallReply Refuse(CallTurn turn, Link sender, byte[] json)
    {
        if (turn.Document is not null && ForeignText.SeqOf(json) is { } seq)
            turn.Step(time => new RoutedInput.Discarded(time, sender.Device, seq));
        var refusal = new ErrorMessage { Code = ErrorCodes.BadMessage, Message = "The server of this call does not know this message.", CallId = CallId.Parse(Key) };
        return new CallReply { Posts = [new Post(sender.Connection, Key, 0, turn.Now.Ticks, SignalingJson.Serialize(refusal))] };
    }

    private async ValueTask<CallReply> BeginAsync(CallTurn turn, Link caller, byte[] json, RungUser[] rung, long at)
    {
        services.Clock.Observe(at);
        if (ForeignText.Read(json) is not InitiateMessage initiate)
            return Refuse(turn, caller, json);
        var users = CallUsers.Of(caller.UserId, initiate.ChatId, rung.Select(user => user.UserId));
        var own = await services.User(users.Caller).JoinAsync(Key, asCaller: true);
        if (own is null)
            return CallReply.TooManyCalls;
        var others = await Task.WhenAll(users.Others.Select(user => services.User(user).JoinAsync(Key, asCaller: false)));
        Callee[] callees = [.. rung.Select(user => new Callee(user.UserId, user.ChatId))];
        turn.Begin(initiate, caller.Party, callees, [.. own, .. others.SelectMany(links => links ?? [])], services.Settings);
        if (!own.Any(link => link.Connection == caller.Connection))
            turn.Step(time => new RoutedInput.Disconnected(time, caller.Device));
        return new CallReply();
    }

    private static bool IsSuperseded(CallTurn turn, Link link)
        => turn.Document?.Find(link.Device) is { } known && known.Epoch > link.Epoch;

    private sealed record Work(Func<CallTurn, ValueTask<CallReply>> Act)
    {
        public TaskCompletionSource<CallReply> Done { get; } = new();

        public CallReply Reply { get; set; } = CallReply.Again;
    }
}
