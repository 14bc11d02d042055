namespace Calls.Signaling.Server;

/// <summary>The one step under way: the call as it changes, and the effects as they gather.</summary>
internal sealed class Turn(RoutedCall call, TimeSpan now)
{
    private readonly List<RoutedEffect> _effects = [];
    private Leg[]? _legs;

    public RoutedCall Call { get; private set; } = call;

    public TimeSpan Now => now;

    public RoutedStep Done() => new(Call, _effects);

    public void Update(RoutedCall changed) => Call = changed;

    public void Update(int leg, Leg changed)
    {
        // The legs of a turn are its own until it is done: one copy is enough for all that changes.
        if (!Call.Legs.IsIn(_legs))
            Call = Call with { Legs = Call.Legs.Own(out _legs) };
        _legs![leg] = changed;
    }

    /// <summary>Numbers and stamps a message for a leg, keeps it for replay, and delivers it unless the device is away or has not resumed yet.</summary>
    public void Post(int index, CallMessage message, Party? from)
    {
        var leg = Call.Legs[index];
        // What is kept names the call by the call's own id: each message has come with a copy.
        var numbered = message with { CallId = Call.Id, Seq = leg.Sent + 1, From = from };
        Update(index, leg with { Sent = leg.Sent + 1, Outbox = Prune(leg).Add(new KeptMessage(numbered, now)) });
        if (!leg.IsHeld)
            Deliver(leg, numbered);
    }

    /// <summary>Delivers all that is kept after a number; what comes from here on is delivered at once.</summary>
    public void Replay(int index, int lastSeq)
    {
        var leg = Call.Legs[index];
        Update(index, leg with { IsResuming = false });
        foreach (var kept in leg.Outbox)
        {
            if (kept.Seq > lastSeq)
                Deliver(leg, kept.Message);
        }
    }

    public void Refuse(Party sender, string code, string text) => _effects.Add(new RoutedEffect.Refuse(DeviceKey.Of(sender), code, text));

    public void NotAllowed(Party sender)
        => Refuse(sender, ErrorCodes.NotAllowed, "There is no such call, or this device may not say this in it.");

    public void Notify(Callee callee) => _effects.Add(new RoutedEffect.Notify(callee));

    public void SetTimer(CallTimer timer, TimeSpan due) => _effects.Add(new RoutedEffect.SetTimer(timer, due));

    public void CancelTimer(CallTimer timer) => _effects.Add(new RoutedEffect.CancelTimer(timer));

    public void Forget() => _effects.Add(new RoutedEffect.Forget());

    /// <summary>Ends the call for one device; <paramref name="reason"/> is also what it hears if it speaks afterwards.</summary>
    public void CloseLeg(int index, string reason)
        => Update(index, Call.Legs[index] with { State = LegState.Closed, EndReason = reason });

    /// <summary>Ends the call for one device and tells it so.</summary>
    public void EndLeg(int index, string reason, Party? from)
    {
        CloseLeg(index, reason);
        Post(index, new EndMessage { CallId = Call.Id, Reason = reason }, from);
    }

    /// <summary>Ends the call: from here on it is only remembered.</summary>
    public void Finish(CallOutcome outcome)
    {
        if (Call.Phase == RoutedCallPhase.Ringing)
            CancelTimer(new CallTimer(CallTimerKind.Ring));
        foreach (var leg in Call.Legs)
        {
            if (leg.IsAway)
                CancelTimer(new CallTimer(CallTimerKind.Away, leg.Device));
        }

        Call = Call.Ended(outcome, now);
        SetTimer(new CallTimer(CallTimerKind.Forget), Call.Settings.ResumeWindow);
    }

    /// <summary>
    /// Drops what can no longer be missing. A connected device has what is older than the resume window, because a dead connection is found
    /// long before; while it rings everything is kept, since an offer may be that old. For a device that is away, or has not resumed, nothing is dropped.
    /// </summary>
    private ValueArray<KeptMessage> Prune(Leg leg)
    {
        if (leg.IsHeld && Call.Phase != RoutedCallPhase.Over)
            return leg.Outbox;
        var drop = Math.Max(0, leg.Outbox.Count - Call.Settings.MaxKeptMessages + 1);
        if (Call.Phase == RoutedCallPhase.Answered)
        {
            while (drop < leg.Outbox.Count && leg.Outbox[drop].At < now - Call.Settings.ResumeWindow)
                drop++;
        }

        return leg.Outbox.Skip(drop);
    }

    private void Deliver(Leg leg, CallMessage message)
    {
        if (message is OfferMessage offer && now > Call.StartedAt)
            message = offer with { AgeMs = (long)Math.Round((now - Call.StartedAt).TotalMilliseconds) };
        _effects.Add(new RoutedEffect.Deliver(leg.Device, message));
    }
}
