using Calls.Signaling;
using Calls.Signaling.Server;
using ServerTimer = Calls.Signaling.Server.CallTimer;

namespace Calls.ModelCheck;

/// <summary>The server takes one thing: what the router and its host do around <see cref="RoutedCall"/>, in the same order.</summary>
internal sealed class ServerTurn(Model model, World world)
{
    public void Receive(int device, SignalingMessage message)
    {
        switch (message)
        {
            case ResumeMessage resume:
                Resume(device, resume);
                break;
            case CallMessage inCall when IndexOf(inCall.CallId) >= 0:
                Step(inCall.CallId, new RoutedInput.Received(Now(), Names.Party(device), inCall));
                break;
            case InitiateMessage initiate:
                Start(device, initiate);
                break;
            case CallMessage unknown:
                Send(device, new ErrorMessage { Code = ErrorCodes.NotAllowed, Message = "", CallId = unknown.CallId });
                break;
        }
    }

    /// <summary>A device connects: the welcome first, then what its calls have to say.</summary>
    public void Connect(int device)
    {
        List<CallProgress> progress = [];
        foreach (var call in world.Calls)
        {
            foreach (var leg in call.Call.Legs)
            {
                if (leg.Device == Names.Key(device))
                    progress.Add(new(call.Call.Id, leg.Received));
            }
        }

        foreach (var call in world.Calls)
            Step(call.Call.Id, new RoutedInput.Disconnected(Now(), Names.Key(device)));
        Change(device).IsKnown = true;
        Send(device, new WelcomeMessage { UserId = Names.Party(device).UserId, DeviceId = Names.Party(device).DeviceId, Calls = progress });
        foreach (var call in world.Calls)
            Attend(call.Call.Id, device);
    }

    /// <summary>The server learns that a connection is gone.</summary>
    public void Disconnect(int device)
    {
        Change(device).IsKnown = false;
        foreach (var call in world.Calls)
            Attend(call.Call.Id, device);
    }

    public void Fire(CallId call, ServerTimer timer)
    {
        var at = IndexOf(call);
        world.Calls = world.Calls.SetItem(at, world.Calls[at] with { Timers = world.Calls[at].Timers.Remove(timer) });
        Step(call, new RoutedInput.TimerFired(Now(), timer));
    }

    private void Resume(int device, ResumeMessage resume)
    {
        List<RoutedStep> steps = [];
        for (var i = 0; i < world.Calls.Length; i++)
        {
            var call = world.Calls[i].Call;
            var received = resume.Calls.FirstOrDefault(progress => progress.CallId == call.Id)?.Received;
            var step = model.Routed(call, new RoutedInput.Resumed(Now(), Names.Key(device), received));
            Apply(step, merged: Names.Key(device));
            steps.Add(step);
        }

        foreach (var message in ReplayOrder.Merge(Names.Key(device), steps))
            Send(device, message);
    }

    private TimeSpan Now() => TimeSpan.FromTicks(++world.ServerInputs);

    private void Start(int device, InitiateMessage initiate)
    {
        var callees = new[] { new Callee(Names.Chat(device), Names.Party(device).UserId) };
        List<Party> online = [];
        foreach (var other in world.Devices)
        {
            if (other.IsKnown && Names.Party(other.Index).UserId == callees[0].UserId)
                online.Add(Names.Party(other.Index));
        }

        var step = RoutedCall.Start(initiate, Names.Party(device), callees, online, model.ServerSettings, Now());
        world.Calls = world.Calls.Add(new(step.Call, []));
        Apply(step);
        Attend(initiate.CallId, device);
    }

    private void Attend(CallId call, int device)
        => Step(call, world.Devices[device].IsKnown
            ? new RoutedInput.Connected(Now(), Names.Party(device))
            : new RoutedInput.Disconnected(Now(), Names.Key(device)));

    private void Step(CallId call, RoutedInput input)
    {
        var at = IndexOf(call);
        if (at < 0)
            return;
        var step = model.Routed(world.Calls[at].Call, input);
        Apply(step);
        OneAnswerPerCall.Check(world, step.Call);
        AnsweredOnlyByConsent.Check(world, step.Call);
    }

    private void Apply(RoutedStep step, DeviceKey? merged = null)
    {
        var at = IndexOf(step.Call.Id);
        var timers = world.Calls[at].Timers;
        world.Calls = world.Calls.SetItem(at, world.Calls[at] with { Call = step.Call });
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case RoutedEffect.Deliver own when own.To == merged:
                    break;
                case RoutedEffect.Deliver deliver:
                    Send(Names.Device(deliver.To), deliver.Message);
                    break;
                case RoutedEffect.Refuse refuse:
                    Send(Names.Device(refuse.To), new ErrorMessage { Code = refuse.Code, Message = "", CallId = step.Call.Id });
                    break;
                case RoutedEffect.SetTimer set:
                    timers = timers.Contains(set.Timer) ? timers : timers.Add(set.Timer);
                    break;
                case RoutedEffect.CancelTimer cancel:
                    timers = timers.Remove(cancel.Timer);
                    break;
                case RoutedEffect.Forget:
                    world.Calls = world.Calls.RemoveAt(at);
                    return;
            }
        }

        world.Calls = world.Calls.SetItem(at, world.Calls[at] with { Timers = timers });
    }

    /// <summary>What is sent into a connection that is gone, but not known to be, is lost.</summary>
    private void Send(int device, SignalingMessage message)
    {
        var to = world.Devices[device];
        if (to is { IsKnown: true, IsUp: true })
        {
            to = Change(device);
            to.FromServer = to.FromServer.Add(message);
        }
    }

    private Device Change(int device) => world.Devices[device] = world.Devices[device].Copy();

    private int IndexOf(CallId call)
    {
        for (var i = 0; i < world.Calls.Length; i++)
        {
            if (world.Calls[i].Call.Id == call)
                return i;
        }

        return -1;
    }
}
