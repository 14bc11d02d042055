using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Media.WebRtc.Beat;
using Calls.Testing;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>Two real managers in a call with the engine, on signaling in memory. Alone in the process: its sockets and threads are counted.</summary>
[Collection(Alone)]
public sealed class ManagersTests : IAsyncLifetime
{
    private readonly InMemorySignaling _signaling = new();
    private readonly EngineEnd _aliceEnd, _bobEnd;

    public ManagersTests()
    {
        (_aliceEnd, _bobEnd) = (new EngineEnd(440, clip: 1, time: Time), new EngineEnd(660, clip: 2, time: Time));
    }

    public const string Alone = "alone in the process";

    private CountingTime Time { get; } = new();

    private CallManager Alice { get; set; } = null!;

    private CallManager Bob { get; set; } = null!;

    [Fact]
    public async Task B1_B3_B8_B9_B11_A_whole_call_is_carried_from_its_ring_to_its_end()
    {
        await BeginAsync(_aliceEnd.Source, _bobEnd.Source, video: false);
        await EngineCall.Until(() => _aliceEnd.Tone == 660 && _bobEnd.Tone == 440, "each hears the other");

        await Alice.ToggleMuteAsync();
        await EngineCall.Until(() => _bobEnd.Tone == 0 && Bob.Current.IsPeerMuted, "muted");
        await Alice.ToggleMuteAsync();
        await EngineCall.Until(() => _bobEnd.Tone == 440, "heard again");

        await Bob.ToggleVideoAsync();
        await EngineCall.Until(() => _aliceEnd.Pictures.Count > 5 && Alice.Current.PeerVideo == VideoSource.Camera, "Bob is seen");
        await Bob.ToggleVideoAsync();
        await EngineCall.Until(() => Alice.Current.PeerVideo == VideoSource.Off, "Bob is not seen");

        await Bob.ToggleHoldAsync();
        await EngineCall.Until(() => Alice.Current.IsPeerHolding, "on hold");
        var played = _bobEnd.Played;
        await Bob.ToggleHoldAsync();
        await EngineCall.Until(() => !Alice.Current.IsPeerHolding && _bobEnd.Played > played + 10 && _aliceEnd.Tone == 660, "off hold");

        await Alice.EndAsync();
        await UntilBothAsync(snapshot => snapshot is { State: CallState.Ended, End.Reason: CallEndReason.HungUp });
        await EngineCall.Until(() => _aliceEnd.AreOutputsClosed && _bobEnd.AreOutputsClosed, "the outputs are closed");
    }

    [Fact]
    public async Task B33_A_call_that_falls_silent_restarts_ICE_and_goes_on_in_its_one_session()
    {
        ShakyEngine alice = new(_aliceEnd.Source), bob = new(_bobEnd.Source);
        await BeginAsync(alice, bob, video: true);
        alice.FallSilent();
        await EngineCall.Until(() => alice.IceRestarts == 1 && Alice.Current is { State: CallState.Connected, IsReconnecting: false }, "it reconnects");
        await HearAndSeeAsync();
        (alice.Sessions, bob.Sessions).Should().Be((1, 1));
    }

    [Fact]
    public async Task B37_A_session_that_is_replaced_inside_the_call_carries_on_with_the_same_devices()
    {
        ShakyEngine alice = new(_aliceEnd.Source, without: MediaCapabilities.IceRestart), bob = new(_bobEnd.Source);
        await BeginAsync(alice, bob, video: true);
        alice.FallSilent();
        await EngineCall.Until(() => alice.Sessions == 2 && Alice.Current is { State: CallState.Connected, IsReconnecting: false }, "it has a new session");
        await HearAndSeeAsync();
        (alice.IceRestarts, bob.Sessions).Should().Be((0, 2));
        (_aliceEnd.AreOutputsClosed, _bobEnd.AreOutputsClosed).Should().Be((false, false));
    }

    [Fact]
    public async Task B46_B47_Calls_leave_no_socket_no_thread_and_no_timer_behind()
    {
        await BeginAsync(_aliceEnd.Source, _bobEnd.Source, video: false);
        await EndAsync();
        await EngineCall.Until(() => ThisProcess.Threads("Calls DTLS") == 0, "the handshake's threads leave");
        var (sockets, timers) = (ThisProcess.Sockets, Time.Timers);
        for (var i = 0; i < 10; i++)
        {
            await CallAsync(video: true);
            ThisProcess.Sockets.Should().BeGreaterThan(sockets);
            await EndAsync();
        }

        await EngineCall.Until(() => ThisProcess.Threads("Calls DTLS") == 0 && ThisProcess.Sockets <= sockets && Time.Timers <= timers, $"at most {sockets} sockets and {timers} timers stay");
        MediaBeat.Of(Time).Listeners.Should().Be(0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
    }

    private async Task BeginAsync(IMediaSource alice, IMediaSource bob, bool video)
    {
        CallOptions options = new() { ReconnectAfter = TimeSpan.FromMilliseconds(200) };
        Alice = new CallManager(_signaling.Channel("alice"), alice, options, Time);
        Bob = new CallManager(_signaling.Channel("bob"), bob, options, Time);
        await Alice.ConnectAsync().WaitAsync(EngineCall.Patience);
        await Bob.ConnectAsync().WaitAsync(EngineCall.Patience);
        await CallAsync(video);
    }

    private async Task CallAsync(bool video)
    {
        await Alice.StartOutgoingAsync("bob", video).WaitAsync(EngineCall.Patience);
        await UntilAsync(Bob, snapshot => snapshot.State == CallState.IncomingRinging);
        await Bob.AcceptIncomingAsync(video).WaitAsync(EngineCall.Patience);
        await UntilBothAsync(snapshot => snapshot.State == CallState.Connected);
    }

    private async Task EndAsync()
    {
        await Bob.EndAsync().WaitAsync(EngineCall.Patience);
        await UntilBothAsync(snapshot => snapshot.State is CallState.Ended or CallState.Idle);
    }

    private Task HearAndSeeAsync()
    {
        var (played, seen) = (_bobEnd.Played, _bobEnd.Pictures.Count);
        return EngineCall.Until(
            () => _bobEnd.Played > played + 40 && _bobEnd.Pictures.Count > seen + 5 && _bobEnd.Tone == 440 && _aliceEnd.Tone == 660, "each hears and sees the other");
    }

    private Task<CallSnapshot[]> UntilBothAsync(Func<CallSnapshot, bool> predicate) => Task.WhenAll(UntilAsync(Alice, predicate), UntilAsync(Bob, predicate));

    private static Task<CallSnapshot> UntilAsync(CallManager manager, Func<CallSnapshot, bool> predicate)
        => manager.Snapshots.FirstAsync(predicate).ToTask().WaitAsync(EngineCall.Patience);
}

[CollectionDefinition(ManagersTests.Alone, DisableParallelization = true)]
public class AloneInTheProcess;
