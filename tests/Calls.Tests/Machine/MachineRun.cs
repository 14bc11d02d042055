using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Machine;

/// <summary>One machine that is told inputs; remembers every effect and every state it passed.</summary>
internal sealed class MachineRun(MachineSettings? settings = null)
{
    public const string Sdp = "v=0";
    public static readonly MachineSettings Settings = new();
    public static readonly CallId Id = CallId.Parse("call-1");
    public static readonly CallId OtherId = CallId.Parse("call-2");
    public static readonly CallId SmallerId = CallId.Parse("call-0");
    public static readonly Party Bob = new("bob", "phone", "Bob");
    public static readonly Party Carol = new("carol", "desk");

    private readonly CallMachine _machine = new(settings ?? Settings);

    public MachineState State { get; private set; } = MachineState.Initial;

    public List<CallEffect> Effects { get; } = [];

    public List<CallState> Passed { get; } = [CallState.Idle];

    public CallStep Last { get; private set; }

    public CallData Call => State.Call!;

    public MachineRun Tell(params CallInput[] inputs)
    {
        foreach (var input in inputs)
        {
            Last = _machine.Step(State, input);
            State = Last.State;
            Effects.AddRange(Last.Effects());
            if (Passed[^1] != State.State)
                Passed.Add(State.State);
        }

        return this;
    }

    public MachineRun Receive(params CallMessage[] messages) => Tell([.. messages.Select(message => new MessageReceived(message))]);

    public IEnumerable<CallMessage> Sent => Effects.Where(effect => effect.Kind == CallEffectKind.Send).Select(effect => (CallMessage)effect.Subject!);

    public IEnumerable<MediaOrder> Orders
        => Effects.Where(effect => effect.Kind == CallEffectKind.Media).Select(effect => effect.Order);

    /// <summary>What the devices were told last.</summary>
    public DeviceWish LastWish
        => (DeviceWish)Effects.Last(effect => effect is { Kind: CallEffectKind.Media, Order: MediaOrder.SetDevices }).Subject!;

    public IEnumerable<CallEnd> Ends => Effects.Where(effect => effect.Kind == CallEffectKind.Ended).Select(effect => (CallEnd)effect.Subject!);

    public IEnumerable<MissedCall> Missed => Effects.Where(effect => effect.Kind == CallEffectKind.Missed).Select(effect => (MissedCall)effect.Subject!);

    public IEnumerable<CallError> Troubles => Effects.Where(effect => effect.Kind == CallEffectKind.Trouble).Select(effect => (CallError)effect.Subject!);

    public IReadOnlyList<IceCandidate> Added => CandidatesOf(CallEffectKind.AddCandidates);

    /// <summary>What was told to a connection that is made while the devices open.</summary>
    public IReadOnlyList<IceCandidate> Ahead => CandidatesOf(CallEffectKind.AddAhead);

    /// <summary>The timers that would still fire.</summary>
    public IEnumerable<CallTimer> Timers
    {
        get
        {
            HashSet<CallTimer> set = [];
            foreach (var effect in Effects)
            {
                if (effect.Kind == CallEffectKind.SetTimer)
                    set.Add(effect.Timer);
                if (effect.Kind == CallEffectKind.CancelTimer)
                    set.Remove(effect.Timer);
                if (effect.Kind == CallEffectKind.Ended)
                    set.Clear();
            }

            return set;
        }
    }

    public CallEffect Timer(CallTimer timer) => Effects.Last(effect => effect.Kind == CallEffectKind.SetTimer && effect.Timer == timer);

    public MachineRun Fire(CallTimer timer) => Tell(new TimerFired(Call.Id, timer));

    // The ways to each state.
    public static MachineRun Idle() => new();

    /// <summary>The same call on an engine that can do less.</summary>
    public static MachineRun On(MediaCapabilities capabilities, MachineRun at) => On(Settings with { Capabilities = capabilities }, at);

    /// <summary>The same call by other numbers.</summary>
    public static MachineRun On(MachineSettings settings, MachineRun at) => new(settings) { State = at.State };

    public static MachineRun Welcomed() => Idle().Tell(new WelcomeReceived(new WelcomeMessage { UserId = "alice", DeviceId = "d1" }));

    public static MachineRun Opening(bool video = false) => Welcomed().Tell(new StartCommand(Id, "bob", video));

    public static MachineRun Outgoing(bool video = false) => Opening(video).Tell(
        new MediaOpened(Id, false, video ? VideoSource.Camera : VideoSource.Off), new OfferCreated(Id, Sdp), new DescriptionDelivered(Id));

    public static MachineRun Ringing(bool video = false, long ageMs = 0, long ringMs = 45_000)
        => Welcomed().Receive(Offer(Id, video, ageMs, ringMs));

    public static MachineRun Accepted(bool video = false) => Ringing(video).Tell(new AcceptCommand(video));

    public static MachineRun ConnectingCallee(bool video = false) => Accepted(video).Tell(
        new MediaOpened(Id, false, video ? VideoSource.Camera : VideoSource.Off), new AnswerCreated(Id, Sdp), new DescriptionDelivered(Id));

    public static MachineRun ConnectingCaller(bool video = false) => Outgoing(video).Receive(Answer());

    public static MachineRun Connected(bool video = false) => ConnectingCaller(video).Tell(new ConnectionChanged(Id, MediaConnectionState.Connected));

    public static MachineRun ConnectedCallee(bool video = false)
        => ConnectingCallee(video).Tell(new ConnectionChanged(Id, MediaConnectionState.Connected));

    public static MachineRun Ended() => Connected().Tell(new EndCommand());

    public static MachineRun Failed() => Opening().Tell(new MediaFailed(Id, MediaOrder.Open, new MediaException(MediaFailure.PermissionDenied, "no")));

    public static MachineRun In(CallState state) => state switch
    {
        CallState.Idle => Welcomed(),
        CallState.Outgoing => Outgoing(),
        CallState.IncomingRinging => Ringing(),
        CallState.Connecting => ConnectingCaller(),
        CallState.Connected => Connected(),
        CallState.Ended => Ended(),
        CallState.Failed => Failed(),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    // What is told.
    public static OfferMessage Offer(CallId id, bool video = false, long ageMs = 0, long ringMs = 45_000, Party? from = null)
        => new() { CallId = id, ChatId = "bob", Sdp = Sdp, Video = video, AgeMs = ageMs, RingTimeoutMs = ringMs, From = from ?? Bob };

    public static AnswerMessage Answer() => new() { CallId = Id, Sdp = Sdp, From = Bob };

    public static CandidatesMessage Candidates(CallId id, params string[] candidates)
        => new() { CallId = id, Candidates = [.. candidates.Select(candidate => new IceCandidate(candidate, "0", 0))] };

    public static EndMessage End(CallId id, string reason = EndReasons.Hangup) => new() { CallId = id, Reason = reason, From = Bob };

    public static NegotiateMessage Negotiate(NegotiateKind kind, int round = 1)
        => new() { CallId = Id, Kind = kind, Round = round, Sdp = Sdp, From = Bob };

    private IReadOnlyList<IceCandidate> CandidatesOf(CallEffectKind kind)
        => [.. Effects.Where(effect => effect.Kind == kind).SelectMany(effect => (IReadOnlyList<IceCandidate>)effect.Subject!)];
}
