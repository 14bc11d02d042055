using Calls.Machine;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>One device takes one thing: what the manager's loop does around the machine, in the same order.</summary>
internal sealed class ClientTurn
{
    private readonly Model _model;
    private readonly World _world;
    private readonly Device _device;

    public ClientTurn(Model model, World world, int device)
    {
        _model = model;
        _world = world;
        _device = world.Devices[device] = world.Devices[device].Copy();
    }

    public void Take(SignalingMessage message)
    {
        switch (message)
        {
            case CallMessage inCall:
                var arrival = Streams().Receive(inCall);
                var before = _device.State;
                if (arrival == Arrival.New)
                {
                    Step(new MessageReceived(inCall));
                    OwnCallOnly.Taken(_world, _device, before, inCall);
                }
                else if (arrival == Arrival.Gap && _device.IsReady)
                    SendNow(_device.Streams.Resume());
                break;
            case WelcomeMessage welcome:
                _device.IsReady = true;
                SendNow(Streams().Resume());
                List<CallId> delivered = [];
                foreach (var missing in _device.Streams.Missing(welcome, _device.State.ConnectedCall))
                {
                    SendNow(missing);
                    if (missing is InitiateMessage or AnswerMessage)
                        delivered.Add(missing.CallId);
                }

                Step(new WelcomeReceived(welcome));
                foreach (var call in delivered)
                    Step(new DescriptionDelivered(call));
                break;
            case ErrorMessage error when error.CallId is not null:
                Step(new ErrorReceived(error));
                break;
        }
    }

    /// <summary>Steps the machine and carries its effects out.</summary>
    public void Step(CallInput input)
    {
        var before = _device.State;
        var step = _model.Machine.Step(before, input);
        if (step.Kind == StepKind.Refused && input is not (StartCommand or AcceptCommand or ToggleMuteCommand or ToggleVideoCommand or ToggleHoldCommand))
            _world.Break(nameof(LegalTransitions), $"{input.GetType().Name} is refused in {before.State}");
        if (step.Kind != StepKind.Transition)
            return;
        _device.State = step.State;
        LegalTransitions.Check(_world, before, step.State);
        LegalSnapshot.Check(_world, step.State);
        if (before.Call?.Id != step.State.Call?.Id)
            CallChanged(before, step.State.Call);
        List<CallId>? delivered = null;
        for (var i = 0; i < step.EffectCount; i++)
            Carry(step[i], ref delivered);
        if (step.EffectCount > 0 && step[step.EffectCount - 1] is { Kind: CallEffectKind.Again, Subject: CallInput again })
            Step(again);
        foreach (var call in delivered ?? [])
            Step(new DescriptionDelivered(call));
    }

    private void CallChanged(MachineState before, CallData? now)
    {
        if (before.Call is not { } old)
            return;
        if (now?.DevicesId != old.DevicesId)
        {
            if (old.End is null)
                _world.Break(nameof(OneEndPerCall), $"{old.Id} was left by {Names.Title(_device.Index)} without an end");
            return;
        }

        Streams().Close(old.Id);
        Consent.CallGaveWay(_device, before, now);
    }

    private void Carry(in CallEffect effect, ref List<CallId>? delivered)
    {
        switch (effect.Kind)
        {
            case CallEffectKind.Send:
                var stamped = Streams().Stamp((CallMessage)effect.Subject!);
                if (!_device.IsReady)
                    break;
                SendNow(stamped);
                if (stamped is InitiateMessage or AnswerMessage)
                    (delivered ??= []).Add(stamped.CallId);
                break;
            case CallEffectKind.SetTimer:
                _device.Timers = _device.Timers.SetItem((int)effect.Timer, _device.State.Call!.Id);
                break;
            case CallEffectKind.CancelTimer:
                _device.Timers = _device.Timers.SetItem((int)effect.Timer, default);
                break;
            case CallEffectKind.Media:
                MediaTurn.Enqueue(_world, _device, new(_device.State.Call!.Id, effect.Order, effect.Subject));
                break;
            case CallEffectKind.AddCandidates:
                MediaTurn.Enqueue(_world, _device, new(_device.State.Call!.Id, null, effect.Subject));
                break;
            case CallEffectKind.AddAhead:
                NoPacketBeforeConsent.Ordered(_world, _device, new(_device.State.Call!.Id, null, effect.Subject));
                break;
            case CallEffectKind.Ended:
                var end = (CallEnd)effect.Subject!;
                OneEndPerCall.Told(_world, _device, end);
                CausedEnds.Told(_world, _device, end);
                _device.Timers = [.. new CallId[_device.Timers.Length]];
                _device.Media = null;
                Streams().Close(end.CallId);
                break;
            case CallEffectKind.Missed:
                Streams().Close(((MissedCall)effect.Subject!).CallId);
                break;
        }
    }

    private CallStreams Streams() => _device.Streams = _device.Streams.Copy();

    private void SendNow(SignalingMessage message)
    {
        if (_device.IsUp)
            _device.ToServer = _device.ToServer.Add(message);
    }
}
