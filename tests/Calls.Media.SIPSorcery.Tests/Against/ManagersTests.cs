using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Media.SIPSorcery.Tests.People;
using Calls.Media.WebRtc.Tests.Session;
using Calls.Testing;

namespace Calls.Media.SIPSorcery.Tests.Against;

/// <summary>Two real managers in a call, one with SIPSorcery and one with the managed engine, on signaling in memory.</summary>
public sealed class ManagersTests : IAsyncLifetime
{
    private readonly InMemorySignaling _signaling = new();
    private readonly Person _alicePerson = new(660);
    private readonly EngineEnd _bobPerson = new(440, clip: 2);
    private readonly ShakyEngine _aliceEngine, _bobEngine;
    private readonly CallManager _alice, _bob;

    public ManagersTests()
    {
        (_aliceEngine, _bobEngine) = (new(_alicePerson.Source), new(_bobPerson.Source));
        CallOptions options = new() { ReconnectAfter = TimeSpan.FromMilliseconds(200) };
        (_alice, _bob) = (new CallManager(_signaling.Channel("alice"), _aliceEngine, options), new CallManager(_signaling.Channel("bob"), _bobEngine, options));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B1_B3_B8_B11_A_whole_call_is_carried_from_its_ring_to_its_end(bool aliceCalls)
    {
        await CallAsync(aliceCalls);
        await _alice.ToggleMuteAsync();
        await Talk.Until(() => _bobPerson.Tone == 0, () => $"Bob hears {_bobPerson.Tone} Hz");
        await _alice.ToggleMuteAsync();
        await HearAsync();
        await _bob.ToggleHoldAsync();
        await Talk.Until(() => _alice.Current.IsPeerHolding, () => "on hold");
        await _bob.ToggleHoldAsync();
        await HearAsync();
        await _bob.EndAsync();
        await UntilBothAsync(snapshot => snapshot is { State: CallState.Ended, End.Reason: CallEndReason.HungUp });
        await Talk.Until(() => _alicePerson.Microphone!.IsClosed && _alicePerson.Ear.IsClosed, () => "its devices are closed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B37_A_connection_that_is_lost_is_replaced_inside_the_call_with_the_same_devices(bool aliceCalls)
    {
        await CallAsync(aliceCalls);
        var microphone = _alicePerson.Microphone;
        (aliceCalls ? _aliceEngine : _bobEngine).FallSilent();
        await Talk.Until(
            () => _aliceEngine.Sessions == 2 && _bobEngine.Sessions == 2 && Is(_alice.Current) && Is(_bob.Current),
            () => $"{_aliceEngine.Sessions} and {_bobEngine.Sessions} sessions, {_alice.Current.State}");
        var (played, heard) = (_bobPerson.Played, _alicePerson.Ear.Frames);
        await Talk.Until(() => _bobPerson.Played > played + 40 && _alicePerson.Ear.Frames > heard + 40, () => "sound goes on");
        await HearAsync();
        (_alicePerson.Microphone, microphone!.IsClosed, microphone.Starts).Should().Be((microphone, false, 1));
        _aliceEngine.IceRestarts.Should().Be(0);
    }

    private static bool Is(CallSnapshot call) => call is { State: CallState.Connected, IsReconnecting: false };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    private async Task CallAsync(bool aliceCalls)
    {
        var (caller, callee) = aliceCalls ? (_alice, _bob) : (_bob, _alice);
        await Task.WhenAll(_alice.ConnectAsync(), _bob.ConnectAsync()).WaitAsync(Talk.Patience);
        await caller.StartOutgoingAsync(aliceCalls ? "bob" : "alice", video: false).WaitAsync(Talk.Patience);
        await UntilAsync(callee, snapshot => snapshot.State == CallState.IncomingRinging);
        await callee.AcceptIncomingAsync(video: false).WaitAsync(Talk.Patience);
        await UntilBothAsync(snapshot => snapshot.State == CallState.Connected);
        await HearAsync();
    }

    private async Task HearAsync()
    {
        await Talk.Until(() => _bobPerson.Tone is > 645 and < 675, () => $"Bob hears {_bobPerson.Tone} Hz");
        await Talk.Until(() => _alicePerson.Ear.Frequency is > 430 and < 450, () => $"Alice hears {_alicePerson.Ear.Frequency} Hz");
    }

    private Task<CallSnapshot[]> UntilBothAsync(Func<CallSnapshot, bool> predicate) => Task.WhenAll(UntilAsync(_alice, predicate), UntilAsync(_bob, predicate));

    private static Task<CallSnapshot> UntilAsync(CallManager manager, Func<CallSnapshot, bool> predicate)
        => manager.Snapshots.FirstAsync(predicate).ToTask().WaitAsync(Talk.Patience);
}
