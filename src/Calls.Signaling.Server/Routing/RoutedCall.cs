namespace Calls.Signaling.Server;

/// <summary>Where a routed call stands.</summary>
public enum RoutedCallPhase
{
    /// <summary>Nobody has answered yet.</summary>
    Ringing,

    /// <summary>Caller and one device of a callee talk.</summary>
    Answered,

    /// <summary>Ended, and remembered for the resume window so that late messages and late devices converge.</summary>
    Over,
}

/// <summary>
/// One call as the server sees it: who called, who rings, who answered, and what is kept for whom. Immutable;
/// <see cref="Step"/> is pure, so that the same code runs in memory, in a grain, and in a model checker.
/// </summary>
public sealed record RoutedCall
{
    /// <summary>The call.</summary>
    public required CallId Id { get; init; }

    /// <summary>The times and bounds that it goes by.</summary>
    public required RoutedCallSettings Settings { get; init; }

    /// <summary>When the caller rang.</summary>
    public required TimeSpan StartedAt { get; init; }

    /// <summary>The conversation, as the caller names it.</summary>
    public string ChatId { get; init; } = "";

    /// <summary>The trace that the call belongs to (W3C Trace Context, <c>traceparent</c>); null: nobody traces it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was answered; null: not yet, or never.</summary>
    public TimeSpan? AnsweredAt { get; init; }

    /// <summary>Who answered; null: nobody.</summary>
    public Party? AnsweredBy { get; init; }

    /// <summary>When it ended; null: not yet.</summary>
    public TimeSpan? EndedAt { get; init; }

    /// <summary>How it ended; null: not yet.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>Whether the caller asked for a video call.</summary>
    public bool Video { get; init; }

    /// <summary>The caller's offer; empty once nobody rings any more.</summary>
    public string Offer
    {
        get => OfferText.Text;
        init => OfferText = new WireText(value);
    }

    /// <summary>What the caller committed itself to, for the callee; null: nothing, or nobody rings any more.</summary>
    public string? Commitment { get; init; }

    /// <summary>Where it stands.</summary>
    public RoutedCallPhase Phase { get; init; }

    /// <summary>The users who are rung.</summary>
    public ValueArray<Callee> Callees { get; init; }

    /// <summary>The devices in it; the first is the caller's.</summary>
    public ValueArray<Leg> Legs { get; init; }

    /// <summary>The caller's candidates, kept for devices that join while it rings.</summary>
    public ValueArray<CandidatesMessage> CallerCandidates { get; init; }

    /// <summary><see cref="Offer"/>, as it came.</summary>
    internal WireText OfferText { get; init; }

    /// <summary>Who called.</summary>
    public Party Caller => Legs[0].Party;

    /// <summary>Rings the callees.</summary>
    /// <param name="initiate">What the caller sent.</param>
    /// <param name="caller">The authenticated caller.</param>
    /// <param name="callees">Who is rung. The caller himself is left out; if that leaves nobody, the call is rejected as not allowed.
    /// An empty list rings nobody until the time is up: an unknown or blocked user must look as one who is absent.</param>
    /// <param name="online">The connected devices of the callees.</param>
    /// <param name="settings">The times and bounds to go by.</param>
    /// <param name="at">The time now.</param>
    public static RoutedStep Start(
        InitiateMessage initiate,
        Party caller,
        IReadOnlyList<Callee> callees,
        IReadOnlyList<Party> online,
        RoutedCallSettings settings,
        TimeSpan at)
    {
        ArgumentNullException.ThrowIfNull(initiate);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(callees);
        ArgumentNullException.ThrowIfNull(online);
        var leg = new Leg { Party = caller, State = LegState.Calling, Received = initiate.Seq ?? 0 };
        var call = new RoutedCall
        {
            Id = initiate.CallId,
            Settings = settings,
            StartedAt = at,
            ChatId = initiate.ChatId,
            TraceParent = initiate.TraceParent,
            Video = initiate.Video,
            OfferText = initiate.SdpText,
            Commitment = initiate.Commitment,
            Legs = default(ValueArray<Leg>).Add(leg),
        };
        var turn = new Turn(call, at);
        RingingPhase.Start(turn, callees, online);
        return turn.Done();
    }

    /// <summary>What the call becomes, and what is to be done, when something happens to it. Pure.</summary>
    public static RoutedStep Step(RoutedCall call, RoutedInput input)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(input);
        var turn = new Turn(call, input.At);
        switch (input)
        {
            case RoutedInput.Received received:
                Intake.Take(turn, received.Sender, received.Message);
                break;
            case RoutedInput.Discarded discarded:
                Intake.Discard(turn, discarded.Sender, discarded.Seq);
                break;
            case RoutedInput.Resumed resumed:
                Attendance.Resume(turn, resumed.Device, resumed.LastSeq);
                break;
            case RoutedInput.Connected connected:
                Attendance.Arrive(turn, connected.Party);
                break;
            case RoutedInput.Disconnected disconnected:
                Attendance.Leave(turn, disconnected.Device);
                break;
            case RoutedInput.TimerFired { Timer.Kind: CallTimerKind.Ring }:
                RingingPhase.TimeUp(turn);
                break;
            case RoutedInput.TimerFired { Timer: { Kind: CallTimerKind.Away } timer }:
                Attendance.AwayTooLong(turn, timer.Device);
                break;
            case RoutedInput.TimerFired { Timer.Kind: CallTimerKind.Forget }:
                turn.Forget();
                break;
        }

        return turn.Done();
    }

    /// <summary>Answered by a device.</summary>
    internal RoutedCall Answered(Party by, TimeSpan at) => Past(RoutedCallPhase.Answered, at, by, endedAt: null, outcome: null);

    /// <summary>Over, from here on only remembered.</summary>
    internal RoutedCall Ended(CallOutcome outcome, TimeSpan at) => Past(RoutedCallPhase.Over, AnsweredAt, AnsweredBy, at, outcome);

    /// <summary>Nobody rings any more: what a device would be rung with is let go.</summary>
    private RoutedCall Past(RoutedCallPhase phase, TimeSpan? answeredAt, Party? answeredBy, TimeSpan? endedAt, CallOutcome? outcome) => this with
    {
        Phase = phase,
        OfferText = default,
        Commitment = null,
        CallerCandidates = default,
        AnsweredAt = answeredAt,
        AnsweredBy = answeredBy,
        EndedAt = endedAt,
        Outcome = outcome,
    };

    /// <summary>The index of a device's leg, or -1.</summary>
    internal int FindLeg(DeviceKey device)
    {
        var legs = Legs.AsSpan();
        for (var i = 0; i < legs.Length; i++)
        {
            if (legs[i].Party.DeviceId == device.DeviceId && legs[i].Party.UserId == device.UserId)
                return i;
        }

        return -1;
    }

    /// <summary>The index of the leg that answered, or -1.</summary>
    internal int FindAnswerer()
    {
        var legs = Legs.AsSpan();
        for (var i = 0; i < legs.Length; i++)
        {
            if (legs[i].State == LegState.Answered)
                return i;
        }

        return -1;
    }
}
