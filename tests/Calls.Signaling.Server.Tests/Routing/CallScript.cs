namespace Calls.Signaling.Server.Tests;

/// <summary>Plays inputs into a <see cref="RoutedCall"/> and keeps what each device was sent, what was refused, and which timers run.</summary>
internal sealed class CallScript
{
    public static readonly CallId Id = CallId.Parse("call-1");
    public static readonly Party Alice = new("alice", "a1", "Alice");
    public static readonly Party Bob = new("bob", "b1", "Bob");
    public static readonly Party BobsTablet = new("bob", "b2", "Bob");
    public static readonly Party Carol = new("carol", "c1", "Carol");

    private readonly List<(DeviceKey To, CallMessage Message)> _sent = [];
    private readonly List<RoutedEffect.Refuse> _refused = [];
    private readonly Dictionary<CallTimer, TimeSpan> _timers = [];

    public RoutedCall Call { get; private set; } = null!;

    public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

    public List<Callee> Notified { get; } = [];

    public bool IsForgotten { get; private set; }

    public IReadOnlyDictionary<CallTimer, TimeSpan> Timers => _timers;

    /// <summary>Alice rings; Bob's named devices are online.</summary>
    public static CallScript Ring(params Party[] online) => RingWith(new RoutedCallSettings(), online);

    public static CallScript RingWith(RoutedCallSettings settings, params Party[] online)
        => RingUsers(settings, [.. online.Select(party => party.UserId).Append("bob").Distinct()], online);

    public static CallScript RingUsers(RoutedCallSettings settings, string[] users, params Party[] online)
    {
        var script = new CallScript();
        script.Apply(RoutedCall.Start(
            new InitiateMessage { CallId = Id, ChatId = "bob", Sdp = "offer", Video = true, Seq = 1, Commitment = "hash" },
            Alice,
            [.. users.Select(user => new Callee(user, "alice"))],
            online,
            settings,
            script.Now));
        return script;
    }

    public static CallScript Answered(params Party[] online)
    {
        var script = Ring(online.Length == 0 ? [Bob] : online);
        script.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer" });
        script.Clear();
        return script;
    }

    public void Say(Party sender, CallMessage message) => Step(new RoutedInput.Received(Now, sender, message));

    public void Candidates(Party sender, int count = 1, int? seq = null, string text = "candidate")
        => Say(sender, new CandidatesMessage
        {
            CallId = Id,
            Seq = seq,
            Candidates = [.. Enumerable.Range(0, count).Select(i => new IceCandidate($"{text}{i}"))],
        });

    public void Leave(Party party) => Step(new RoutedInput.Disconnected(Now, DeviceKey.Of(party)));

    public void Arrive(Party party) => Step(new RoutedInput.Connected(Now, party));

    public void Resume(Party party, int? lastSeq) => Step(new RoutedInput.Resumed(Now, DeviceKey.Of(party), lastSeq));

    /// <summary>Fires the running timer of a kind, at its time.</summary>
    public void Fire(CallTimerKind kind)
    {
        var timer = _timers.Keys.Single(timer => timer.Kind == kind);
        Now = _timers[timer];
        _timers.Remove(timer);
        Step(new RoutedInput.TimerFired(Now, timer));
    }

    public void Step(RoutedInput input) => Apply(RoutedCall.Step(Call, input));

    public IReadOnlyList<CallMessage> SentTo(Party party)
        => [.. _sent.Where(sent => sent.To == DeviceKey.Of(party)).Select(sent => sent.Message)];

    public T OneTo<T>(Party party)
        where T : CallMessage
        => SentTo(party).Should().ContainSingle().Which.Should().BeOfType<T>().Subject;

    public string? EndTo(Party party) => OneTo<EndMessage>(party).Reason;

    public void NothingReachedAnyone() => _sent.Should().BeEmpty();

    /// <summary>Only this sender was told, with this code, and nothing reached anyone.</summary>
    public void OnlyRefused(Party sender, string code = ErrorCodes.NotAllowed)
    {
        NothingReachedAnyone();
        _refused.Should().ContainSingle().Which.Should().Match<RoutedEffect.Refuse>(refuse => refuse.To == DeviceKey.Of(sender) && refuse.Code == code);
    }

    public void NothingHappened()
    {
        NothingReachedAnyone();
        _refused.Should().BeEmpty();
    }

    public void Clear()
    {
        _sent.Clear();
        _refused.Clear();
    }

    private void Apply(RoutedStep step)
    {
        Call = step.Call;
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case RoutedEffect.Deliver deliver:
                    _sent.Add((deliver.To, deliver.Message));
                    break;
                case RoutedEffect.Refuse refuse:
                    _refused.Add(refuse);
                    break;
                case RoutedEffect.Notify notify:
                    Notified.Add(notify.Callee);
                    break;
                case RoutedEffect.SetTimer set:
                    _timers[set.Timer] = Now + set.Due;
                    break;
                case RoutedEffect.CancelTimer cancel:
                    _timers.Remove(cancel.Timer);
                    break;
                case RoutedEffect.Forget:
                    IsForgotten = true;
                    break;
            }
        }
    }
}
