using Calls.Media;
using Calls.Signaling;
using Calls.Tests.Machine;
using Calls.Tests.Manager;
using CsCheck;

namespace Calls.Tests.Properties;

/// <summary>What user, server, engine and clock may do to a manager, by name.</summary>
internal sealed record ManagerAct(string Name, Action<ManagerFixture> Do)
{
    private static readonly CallMessage[] Messages =
        [.. Calls.Machine.CallTable.Rows.SelectMany(EveryInput.Of).OfType<Calls.Machine.MessageReceived>().Select(received => received.Message)];

    public static Gen<ManagerAct> Any { get; } = Gen.Frequency(
        (5, Gen.OneOf(User)), (6, Gen.OneOf(Messages).Select(Gen.Bool, Message)), (1, Gen.OneOf(Line)), (5, Gen.OneOf(Engine)), (2, Gen.OneOf(Devices)),
        (2, Gen.OneOf(1, 3, 12, 31, 51).Select(Wait)));

    private static ManagerAct[] User =>
    [
        Command("start", manager => manager.StartOutgoingAsync("bob", video: true)),
        Command("start with carol", manager => manager.StartOutgoingAsync("carol", video: false)),
        Command("accept", manager => manager.AcceptIncomingAsync(video: true)),
        Command("accept a push", manager => manager.AcceptIncomingAsync(new IncomingOffer(CallId.New(), "bob", "sdp", Video: false), video: false)),
        Command("reject", manager => manager.RejectAsync()),
        Command("end", manager => manager.EndAsync()),
        Command("mute", manager => manager.ToggleMuteAsync()),
        Command("video", manager => manager.ToggleVideoAsync()),
        Command("screen", manager => manager.ToggleScreenShareAsync()),
        Command("hold", manager => manager.ToggleHoldAsync()),
    ];

    private static ManagerAct[] Line =>
    [
        new("signaling lost", fixture => fixture.Channel.Lose()),
        new("signaling back", fixture => fixture.Channel.Connect()),
        new("signaling back with the call", fixture => fixture.Channel.Connect([.. Current(fixture).Select(id => new CallProgress(id, 9))])),
        new("signaling closed", fixture => fixture.Channel.Close(new SignalingException("closed"))),
    ];

    private static ManagerAct[] Engine =>
    [
        .. Enum.GetValues<MediaConnectionState>().Append(MediaConnectionState.Connected).Append(MediaConnectionState.Connected)
            .Select(state => OnSession($"connection {state}", session => session.RaiseState(state))),
        OnSession("candidate", session => session.Raise(new LocalCandidatesGathered([new("own")]))),
        OnSession("remote stream", session => session.Raise(new RemoteStreamAdded(session))),
        OnSession("negotiation needed", session => session.Raise(new NegotiationNeeded())),
    ];

    private static ManagerAct[] Devices =>
    [
        OnDevices("picture gone", local => local.LoseVideo(new MediaException(MediaFailure.NoDevice, "unplugged"))),
        OnDevices("share stopped", local => local.LoseVideo()),
        OnDevices("microphone gone", local => local.Raise(new MicrophoneLost(new MediaException(MediaFailure.NoDevice, "unplugged")))),
        new("camera refused or back", fixture => fixture.Media.CameraFailure = Flip(fixture.Media.CameraFailure)),
        new("microphone refused or back", fixture => fixture.Media.OpenFailure = Flip(fixture.Media.OpenFailure)),
        new("no hold or again", fixture => fixture.Media.HoldFailure = Flip(fixture.Media.HoldFailure)),
        new("no offer or again", fixture => fixture.Media.OfferFailure = Flip(fixture.Media.OfferFailure as MediaException)),
    ];

    public override string ToString() => Name;

    private static ManagerAct Command(string name, Func<CallManager, Task> command) => new(name, fixture => _ = Quietly(command(fixture.Manager)));

    private static ManagerAct Message(CallMessage message, bool isOfCurrent) => new($"{message} {(isOfCurrent ? "of the current call" : "")}", fixture =>
        fixture.Channel.Receive(isOfCurrent && message is not OfferMessage && Current(fixture) is [var id] ? message with { CallId = id } : message));

    private static ManagerAct Wait(int seconds) => new($"{seconds} s later", fixture => fixture.Time.Advance(TimeSpan.FromSeconds(seconds)));

    private static ManagerAct OnSession(string name, Action<ScriptedSession> act) => new(name, fixture =>
    {
        if (fixture.Media.Sessions.LastOrDefault() is { } session)
            act(session);
    });

    private static ManagerAct OnDevices(string name, Action<ScriptedLocal> act) => new(name, fixture =>
    {
        if (fixture.Media.Opened.LastOrDefault() is { } local)
            act(local);
    });

    private static CallId[] Current(ManagerFixture fixture) => fixture.Manager.Current.CallId is { } id ? [id] : [];

    private static MediaException? Flip(MediaException? failure)
        => failure is null ? new MediaException(MediaFailure.PermissionDenied, "refused") : null;

    /// <summary>A command may be refused, or come to nothing with the call.</summary>
    private static async Task Quietly(Task command)
    {
        try
        {
            await command;
        }
        catch (Exception exception) when (exception is InvalidOperationException or CallException or ObjectDisposedException)
        {
        }
    }
}
