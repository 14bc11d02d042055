namespace Calls.Signaling.Server;

/// <summary>
/// One call in memory: a lock around <see cref="RoutedCall"/>, so that inputs come one after another and what they send leaves in that order.
/// Nothing under the lock waits. Only <see cref="Resume"/> holds several of these locks, and takes them in the order of the ids.
/// </summary>
internal sealed class HostedCall
{
    private readonly Lock _gate = new();
    private readonly ICallHost _host;
    private CallTimers _timers;
    private OpenLine? _line;
    private volatile RoutedCall? _call;

    public HostedCall(CallId id, Party caller, IReadOnlyList<Callee> callees, ICallHost host)
    {
        Id = id;
        Caller = DeviceKey.Of(caller);
        Users = UsersOf(caller, callees);
        _host = host;
    }

    public CallId Id { get; }

    public TimeProvider Time => _host.Time;

    public DeviceKey Caller { get; }

    /// <summary>Everybody whose devices may come to be in it.</summary>
    public string[] Users { get; }

    public bool IsOver => _call is { Phase: RoutedCallPhase.Over };

    /// <summary>The last <c>seq</c> that came from a device; null if it is not in this call.</summary>
    public int? ReceivedFrom(DeviceKey device)
    {
        lock (_gate)
            return Settled() is { } call && call.FindLeg(device) is >= 0 and var leg ? call.Legs[leg].Received : null;
    }

    /// <summary>Enters the call into the table, and rings. In this order, and both under the lock: a device that comes or goes meanwhile is either
    /// seen here or finds the call, and nobody finds a call that does not ring yet.</summary>
    public CallTable.AddResult Start(CallTable table, int maxCalls, InitiateMessage initiate, Party caller, IReadOnlyList<Callee> callees)
    {
        lock (_gate)
        {
            var added = table.TryAdd(this, maxCalls);
            if (added != CallTable.AddResult.Added)
                return added;
            List<Party> online = [];
            for (var i = 0; i < callees.Count; i++)
                _host.Connections.AddPartiesOf(callees[i].UserId, online);
            Apply(RoutedCall.Start(initiate, caller, callees, online, _host.Settings, _host.Now));
            AttendUnderLock(caller);
            return added;
        }
    }

    public void Receive(Party sender, CallMessage message)
    {
        lock (_gate)
            Step(new RoutedInput.Received(_host.Now, sender, message));
    }

    /// <summary>Passes candidates on as they came; false: the rules have to see them.</summary>
    public bool TryPass(QueuedConnection sender, in CandidatesText text, long timestamp)
    {
        lock (_gate)
        {
            if (_call is not { Phase: RoutedCallPhase.Answered } call)
                return false;
            var line = _line ??= new OpenLine(_host.Settings, _host.Pages);
            if (!line.TryOpen(call) || !line.TryPass(sender.Party, sender.PartyUtf8, text, _host.SharedAt(timestamp), out var passed, out var to))
                return false;
            if (sender.Call != this)
                sender.Call = this;
            to.Send(passed, _host.Connections);
            return true;
        }
    }

    public void Discard(DeviceKey sender, int seq)
    {
        lock (_gate)
            Step(new RoutedInput.Discarded(_host.Now, sender, seq));
    }

    /// <summary>Replays what a device missed of all its calls, in the order in which it was sent. Under all their locks, so that nothing new of one
    /// call comes before what was missed of it.</summary>
    public static int Resume(IEnumerable<HostedCall> calls, ICallConnection connection, IReadOnlyDictionary<CallId, int> received)
        => ResumeUnderLocks([.. calls.OrderBy(call => call.Id.ToString(), StringComparer.Ordinal)], connection, received, []);

    private static int ResumeUnderLocks(
        ReadOnlySpan<HostedCall> calls, ICallConnection connection, IReadOnlyDictionary<CallId, int> received, List<RoutedStep> steps)
    {
        var device = DeviceKey.Of(connection.Party);
        if (calls.IsEmpty)
        {
            var missed = ReplayOrder.Merge(device, steps);
            foreach (var message in missed)
                connection.Send(message);
            return missed.Count;
        }

        var first = calls[0];
        lock (first._gate)
        {
            if (first.Settled() is { } call)
            {
                var step = RoutedCall.Step(call, new RoutedInput.Resumed(first._host.Now, device, received.TryGetValue(first.Id, out var seq) ? seq : null));
                first.Apply(step, merged: device);
                steps.Add(step);
            }

            return ResumeUnderLocks(calls[1..], connection, received, steps);
        }
    }

    /// <summary>Tells the call whether a device is connected now. What is true is looked up here, under the lock, so that the last word is right
    /// even when a device that goes and one that comes are told in the wrong order.</summary>
    public void Attend(Party party)
    {
        lock (_gate)
            AttendUnderLock(party);
    }

    /// <summary>A new connection of a device takes the place of the one that it had, and with it goes what was on its way.</summary>
    public void Replace(DeviceKey device)
    {
        lock (_gate)
            Step(new RoutedInput.Disconnected(_host.Now, device));
    }

    /// <summary>A timer has run out.</summary>
    public void Fire(CallTimers.Ticket ticket)
    {
        lock (_gate)
        {
            if (_timers.TryRedeem(ticket))
                Step(new RoutedInput.TimerFired(_host.Now, ticket.For));
        }
    }

    private static string[] UsersOf(Party caller, IReadOnlyList<Callee> callees)
    {
        // Most calls are between two.
        if (callees.Count == 1 && callees[0].UserId != caller.UserId)
            return [caller.UserId, callees[0].UserId];
        return [.. callees.Select(callee => callee.UserId).Append(caller.UserId).Distinct()];
    }

    private void AttendUnderLock(Party party)
    {
        var device = DeviceKey.Of(party);
        Step(_host.Connections.Find(device) is { } connection
            ? new RoutedInput.Connected(_host.Now, connection.Party)
            : new RoutedInput.Disconnected(_host.Now, device));
    }

    private void LetGoOfConnections(RoutedCall call)
    {
        foreach (var leg in call.Legs)
        {
            if (_host.Connections.Find(leg.Device) is QueuedConnection connection && connection.Call == this)
                connection.Call = null;
        }
    }

    /// <summary>Gives back the bytes that are kept in a call that is no more.</summary>
    private static void GiveBack(RoutedCall call)
    {
        foreach (var leg in call.Legs.AsSpan())
        {
            foreach (var kept in leg.Outbox.AsSpan())
                kept.Release();
        }
    }

    private void Step(RoutedInput input)
    {
        // Null once it is forgotten: somebody found it at the last moment.
        if (Settled() is { } call)
            Apply(RoutedCall.Step(call, input));
    }

    /// <summary>The call with all that has passed on its line.</summary>
    private RoutedCall? Settled()
    {
        if (_call is { } call && _line is { IsOpen: true } line)
            _call = line.Settle(call);
        return _call;
    }

    /// <summary>Carries out what a step brings; what it has for <paramref name="merged"/> is sent together with that of other calls.</summary>
    private void Apply(RoutedStep step, DeviceKey? merged = null)
    {
        var before = _call;
        _call = step.Call;
        if (before?.Phase != step.Call.Phase)
            _host.WentOn(before, step.Call);

        // No more candidates pass, and connections live longer than calls.
        if (IsOver && before is { Phase: RoutedCallPhase.Answered })
        {
            LetGoOfConnections(step.Call);
            _line?.Release();
            _line = null;
        }

        for (var i = 0; i < step.Effects.Count; i++)
        {
            switch (step.Effects[i])
            {
                case RoutedEffect.Deliver own when own.To == merged:
                    break;
                case RoutedEffect.Deliver deliver:
                    _host.Connections.Find(deliver.To)?.Send(deliver.Message);
                    break;
                case RoutedEffect.Refuse refuse:
                    _host.Connections.Find(refuse.To)?.Send(new ErrorMessage { Code = refuse.Code, Message = refuse.Text, CallId = Id });
                    break;
                case RoutedEffect.SetTimer set:
                    _timers.Set(this, set.Timer, set.Due);
                    break;
                case RoutedEffect.CancelTimer cancel:
                    _timers.Cancel(cancel.Timer);
                    break;
                case RoutedEffect.Notify notify:
                    _host.Notify(step.Call, notify.Callee);
                    break;
                case RoutedEffect.Forget:
                    _timers.CancelAll();
                    _call = null;
                    GiveBack(step.Call);
                    _host.WentOn(step.Call, null);
                    _host.Forget(this);
                    break;
            }
        }
    }
}
