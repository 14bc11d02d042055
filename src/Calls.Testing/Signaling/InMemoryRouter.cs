using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.Testing;

/// <summary>
/// The signaling server without sockets, limits and threads: connections, calls, and the real <see cref="RoutedCall"/> that decides. A chat id is
/// the other user's id. Not thread-safe: who drives it takes care that one thing happens after another.
/// </summary>
internal sealed class InMemoryRouter(IScheduler scheduler, RoutedCallSettings settings)
{
    private readonly List<RoutedEntry> _calls = [];
    private readonly List<ICallConnection> _connections = [];
    private TimeSpan _last;

    public IReadOnlyList<RoutedCall> Calls => [.. _calls.Select(entry => entry.Call)];

    public int TimerCount => _calls.Sum(entry => entry.Timers.Count);

    public void Connect(ICallConnection connection)
    {
        var device = DeviceKey.Of(connection.Party);
        connection.Send(new WelcomeMessage
        {
            UserId = device.UserId,
            DeviceId = device.DeviceId,
            RingTimeout = settings.RingTimeout.TotalSeconds,
            Calls = [.. _calls.SelectMany(entry => entry.Call.Legs.Where(leg => leg.Device == device)
                .Select(leg => new CallProgress(entry.Call.Id, leg.Received)))],
        });
        foreach (var entry in Of(device.UserId))
            Step(entry, new RoutedInput.Disconnected(Now(), device));
        var older = Find(device);
        if (older is not null)
            _connections.Remove(older);
        _connections.Add(connection);
        older?.Close(new ErrorMessage { Code = ErrorCodes.Superseded });
        Attend(connection.Party);
    }

    public void Disconnect(ICallConnection connection)
    {
        if (_connections.Remove(connection))
            Attend(connection.Party);
    }

    public void Receive(ICallConnection connection, SignalingMessage message)
    {
        if (!_connections.Contains(connection))
            return;
        var sender = connection.Party;
        switch (message)
        {
            case ResumeMessage resume:
                Resume(connection, resume);
                break;
            case CallMessage inCall when _calls.Find(entry => entry.Call.Id == inCall.CallId) is { } found:
                Step(found, new RoutedInput.Received(Now(), sender, inCall));
                break;
            case InitiateMessage initiate:
                Start(sender, initiate);
                break;
            default:
                connection.Send(new ErrorMessage
                {
                    Code = ErrorCodes.NotAllowed,
                    Message = "There is no such call, or this device may not say this in it.",
                    CallId = (message as CallMessage)?.CallId,
                });
                break;
        }
    }

    private void Resume(ICallConnection connection, ResumeMessage resume)
    {
        var device = DeviceKey.Of(connection.Party);
        List<RoutedStep> steps = [];
        foreach (var entry in Of(device.UserId))
        {
            var received = resume.Calls.FirstOrDefault(call => call.CallId == entry.Call.Id)?.Received;
            var step = RoutedCall.Step(entry.Call, new RoutedInput.Resumed(Now(), device, received));
            Apply(entry, step, merged: device);
            steps.Add(step);
        }

        foreach (var message in ReplayOrder.Merge(device, steps))
            connection.Send(message);
    }

    /// <summary>A time of its own for every input, as the server's router gives it.</summary>
    private TimeSpan Now()
    {
        var next = _last + TimeSpan.FromTicks(1);
        return _last = scheduler.Now > next ? scheduler.Now : next;
    }

    private void Start(Party caller, InitiateMessage initiate)
    {
        var online = _connections.Select(connection => connection.Party).Where(party => party.UserId == initiate.ChatId).ToArray();
        var started = RoutedCall.Start(
            initiate, caller, [new Callee(initiate.ChatId, caller.UserId)], online, settings, Now());
        var entry = new RoutedEntry(started.Call, [caller.UserId, initiate.ChatId]);
        _calls.Add(entry);
        Apply(entry, started);
        Attend(entry, caller);
    }

    private void Attend(Party party)
    {
        foreach (var entry in Of(party.UserId))
            Attend(entry, party);
    }

    private void Attend(RoutedEntry entry, Party party) => Step(entry, Find(DeviceKey.Of(party)) is { } connection
        ? new RoutedInput.Connected(Now(), connection.Party)
        : new RoutedInput.Disconnected(Now(), DeviceKey.Of(party)));

    private void Step(RoutedEntry entry, RoutedInput input)
    {
        if (_calls.Contains(entry))
            Apply(entry, RoutedCall.Step(entry.Call, input));
    }

    private void Apply(RoutedEntry entry, RoutedStep step, DeviceKey? merged = null)
    {
        entry.Call = step.Call;
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case RoutedEffect.Deliver own when own.To == merged:
                    break;
                case RoutedEffect.Deliver deliver:
                    Find(deliver.To)?.Send(deliver.Message);
                    break;
                case RoutedEffect.Refuse refuse:
                    Find(refuse.To)?.Send(new ErrorMessage { Code = refuse.Code, Message = refuse.Text, CallId = entry.Call.Id });
                    break;
                case RoutedEffect.SetTimer set:
                    entry.Cancel(set.Timer);
                    entry.Timers[set.Timer] = scheduler.Schedule(set.Due, () => Fire(entry, set.Timer));
                    break;
                case RoutedEffect.CancelTimer cancel:
                    entry.Cancel(cancel.Timer);
                    break;
                case RoutedEffect.Forget:
                    entry.CancelAll();
                    _calls.Remove(entry);
                    break;
            }
        }
    }

    private void Fire(RoutedEntry entry, CallTimer timer)
    {
        if (entry.Timers.Remove(timer))
            Step(entry, new RoutedInput.TimerFired(Now(), timer));
    }

    private RoutedEntry[] Of(string userId) => [.. _calls.Where(entry => entry.Users.Contains(userId))];

    private ICallConnection? Find(DeviceKey device) => _connections.Find(connection => DeviceKey.Of(connection.Party) == device);

    private sealed class RoutedEntry(RoutedCall call, IReadOnlyList<string> users)
    {
        public RoutedCall Call { get; set; } = call;

        public IReadOnlyList<string> Users => users;

        public Dictionary<CallTimer, IDisposable> Timers { get; } = [];

        public void Cancel(CallTimer timer)
        {
            if (Timers.Remove(timer, out var running))
                running.Dispose();
        }

        public void CancelAll()
        {
            foreach (var running in Timers.Values)
                running.Dispose();
            Timers.Clear();
        }
    }
}
