using Calls.Machine;
using Calls.Signaling;

namespace Calls.Testing;

/// <summary>
/// One device: the real machine and the real streams, with effects carried out as the manager's loop does, on the simulation's one thread.
/// </summary>
internal sealed class SimulatedDevice(Simulation world, Party party)
{
    private readonly CallMachine _machine = new(new MachineSettings(), world.Options.Table);
    private readonly Dictionary<CallTimer, IDisposable> _timers = [];
    private readonly Queue<(int Life, Action Action)> _waiting = [];
    private CallStreams _streams = new();
    private SimulatedLink? _link;
    private SimulatedMedia? _media;
    private bool _isReady;
    private int _life;

    public Party Party => party;

    public string Name { get; } = $"{party.UserId}/{party.DeviceId}";

    public MachineState State { get; private set; } = MachineState.Initial;

    public DeviceLedger Ledger { get; private set; } = new();

    public TimeSpan AsleepUntil { get; set; }

    public bool IsCrashed { get; private set; }

    public IEnumerable<CallTimer> Timers => _timers.Keys.Order();

    public SimulatedMedia? Media => _media;

    /// <summary>Runs <paramref name="action"/> now, or when the device wakes, in the order in which it was asked for; never in another life of the device.</summary>
    public void Later(Action action)
    {
        if (_waiting.Count == 0 && AsleepUntil <= world.Clock.Now)
        {
            action();
            return;
        }

        _waiting.Enqueue((_life, action));
        if (_waiting.Count == 1)
            world.Clock.At(AsleepUntil, Wake);
    }

    private void Wake()
    {
        while (_waiting.Count > 0 && AsleepUntil <= world.Clock.Now)
        {
            var (life, action) = _waiting.Peek();
            if (life == _life)
                action();
            _waiting.Dequeue();
        }

        if (_waiting.Count > 0)
            world.Clock.At(AsleepUntil, Wake);
    }

    public void Do(CallInput command)
    {
        if (IsCrashed)
            return;
        Later(() =>
        {
            world.Trace(Name, "user", command);
            Ledger.Consent(command, State);
            Step(command);
        });
    }

    // Signaling, as in the manager's loop.
    public void Connect()
    {
        if (IsCrashed || _link is { IsCut: false })
            return;
        var link = _link = new SimulatedLink(world, this);
        world.Clock.Schedule(world.Between(0.001, 0.1), () =>
        {
            if (!link.IsCut)
                world.Router.Connect(link);
        });
    }

    public void LoseConnection()
    {
        if (_link is not { IsCut: false } link)
            return;
        world.Trace(Name, "fault", "connection cut");
        link.Cut();
        world.Clock.Schedule(world.Between(0, 15), () => world.Router.Disconnect(link));
        world.Clock.Schedule(world.Between(0, 15), () => Later(() =>
        {
            // A device that was started anew meanwhile has another connection, which is not gone.
            if (_link != link)
                return;
            world.Trace(Name, "fault", "sees its connection gone");
            _isReady = false;
            world.Clock.Schedule(world.Between(0, 12), () => Later(Connect));
        }));
    }

    public void Crash()
    {
        world.Trace(Name, "fault", "crash");
        _life++;
        IsCrashed = true;
        if (_link is { IsCut: false } link)
        {
            link.Cut();
            world.Clock.Schedule(world.Between(0, 15), () => world.Router.Disconnect(link));
        }

        CancelTimers();
        ForgetMedia();
        _waiting.Clear();
        (State, _streams, _isReady, Ledger, AsleepUntil) = (MachineState.Initial, new(), false, new(), default);
        world.Clock.Schedule(world.Between(0.1, 40), () =>
        {
            world.Trace(Name, "fault", "starts again");
            IsCrashed = false;
            Connect();
        });
    }

    /// <summary>What has reached a device that sleeps is read when it wakes, also where the connection was cut meanwhile.</summary>
    public void Receive(SimulatedLink link, SignalingMessage message)
    {
        if (link != _link)
            return;
        world.Trace(Name, "← server", message);
        switch (message)
        {
            case WelcomeMessage welcome:
                _isReady = true;
                link.SendUp(_streams.Resume());
                foreach (var missing in _streams.Missing(welcome, State.ConnectedCall))
                    SendNow(missing);
                Step(new WelcomeReceived(welcome));
                break;
            case ErrorMessage { CallId: not null } error:
                Step(new ErrorReceived(error));
                break;
            case CallMessage inCall:
                var arrival = _streams.Receive(inCall);
                if (arrival == Arrival.New)
                    Step(new MessageReceived(inCall));
                else if (arrival == Arrival.Gap && _isReady)
                    link.SendUp(_streams.Resume());
                break;
        }
    }

    private void Send(CallMessage message)
    {
        var stamped = _streams.Stamp(message);
        if (_isReady)
            SendNow(stamped);
    }

    private void SendNow(CallMessage message)
    {
        var link = _link!;
        link.SendUp(message);
        if (message is InitiateMessage or AnswerMessage && !link.IsCut)
            world.Clock.Schedule(world.Between(0, 0.01), () => Later(() => Step(new DescriptionDelivered(message.CallId))));
    }

    // The machine.
    public void Step(CallInput input)
    {
        var before = State;
        var step = _machine.Step(before, input);
        world.Steps++;
        if (step.Kind != StepKind.Transition)
            return;
        State = step.State;
        world.Watch(this, before, input);
        if (before.Call is { } old && State.Call?.Id != old.Id && State.Call?.DevicesId == old.DevicesId)
            _streams.Close(old.Id);
        for (var i = 0; i < step.EffectCount; i++)
            Carry(step[i]);
        if (step.EffectCount > 0 && step[step.EffectCount - 1] is { Kind: CallEffectKind.Again, Subject: CallInput again })
            Step(again);
    }

    private void Carry(in CallEffect effect)
    {
        switch (effect.Kind)
        {
            case CallEffectKind.Send:
                Send((CallMessage)effect.Subject!);
                break;
            case CallEffectKind.SetTimer:
                Set(State.Call!.Id, effect.Timer, effect.Due);
                break;
            case CallEffectKind.CancelTimer:
                Cancel(effect.Timer);
                break;
            case CallEffectKind.Media:
                Medium().Do(State.Call!.Id, effect.Task);
                break;
            case CallEffectKind.AddCandidates:
                Medium().AddCandidates(State.Call!.Id);
                break;
            case CallEffectKind.Ended:
                var end = (CallEnd)effect.Subject!;
                world.Trace(Name, "ended", $"{end.CallId} {end.Reason} by {end.By} in {end.In}");
                world.Complain(this, Ledger.Ended(end.CallId));
                CancelTimers();
                ForgetMedia();
                _streams.Close(end.CallId);
                break;
            case CallEffectKind.Missed:
                _streams.Close(((MissedCall)effect.Subject!).CallId);
                break;
        }
    }

    private SimulatedMedia Medium() => _media ??= new SimulatedMedia(world, this, State.Call!.DevicesId);

    private void ForgetMedia()
    {
        _media?.Release();
        _media = null;
    }

    private void Set(CallId id, CallTimer timer, TimeSpan due)
    {
        Cancel(timer);
        IDisposable? running = null;
        running = _timers[timer] = world.Clock.Schedule(due, () => Later(() =>
        {
            if (!ReferenceEquals(_timers.GetValueOrDefault(timer), running))
                return;
            _timers.Remove(timer);
            world.Trace(Name, "timer", timer);
            Step(new TimerFired(id, timer));
        }));
    }

    private void Cancel(CallTimer timer)
    {
        if (_timers.Remove(timer, out var running))
            running.Dispose();
    }

    private void CancelTimers()
    {
        foreach (var running in _timers.Values)
            running.Dispose();
        _timers.Clear();
    }
}
