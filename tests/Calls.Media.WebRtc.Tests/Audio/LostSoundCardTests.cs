using System.Collections.Concurrent;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Media.WebRtc.Tests.Session;
using Calls.Testing;

namespace Calls.Media.WebRtc.Tests.Audio;

/// <summary>The system's own <c>arecord</c> or <c>aplay</c> ends in a call, as it does where the device is unplugged: the user is told, and the call goes on.</summary>
[Collection(SoundCardTests.Programs)]
public sealed class LostSoundCardTests
{
    private readonly EngineEnd _bob = new(660, clip: 2);

    [Fact]
    public async Task B13_A_microphone_that_is_unplugged_is_told_once_and_the_other_side_is_heard_on()
    {
        using var card = SoundCard.TryOpen();
        if (card is null)
            return;
        EngineEnd alice = new(440, clip: 1, options => options.Microphone = _ => new(new SpokenInto(card, new ToneInput(880))));
        await using var call = await ManagedCall.BeginAsync(alice, _bob);
        await EngineCall.Until(() => _bob.Tone == 880 && alice.Tone == 660, "each hears the other");
        SoundCard.End("arecord");
        await EngineCall.Until(() => !call.Errors.IsEmpty, "it is told");
        await EngineCall.Until(() => _bob.Tone == 0, "silence is sent");
        var (played, sent) = (alice.Played, _bob.Played);
        await EngineCall.Until(() => alice.Played > played + 50 && _bob.Played > sent + 50 && alice.Tone == 660, "the call goes on");
        call.IsToldOnce(CallErrorKind.Microphone);
    }

    [Fact]
    public async Task B13_A_loudspeaker_that_is_unplugged_is_told_once_and_the_other_side_hears_on()
    {
        using var card = SoundCard.TryOpen();
        if (card is null)
            return;
        EngineEnd alice = new(440, clip: 1, options => options.Loudspeaker = () => new LoudspeakerOutput(SoundCard.Loudspeaker));
        await using var call = await ManagedCall.BeginAsync(alice, _bob);
        await EngineCall.Until(() => _bob.Tone == 440 && card.Played.Length > 0, "each hears the other");
        SoundCard.End("aplay");
        await EngineCall.Until(() => !call.Errors.IsEmpty, "it is told");
        var sent = _bob.Played;
        await EngineCall.Until(() => _bob.Played > sent + 50 && _bob.Tone == 440, "the call goes on");
        call.IsToldOnce(CallErrorKind.Speaker);
    }

    [Fact]
    public async Task B13_Devices_that_were_never_there_are_told_when_the_call_is_connected()
    {
        using var card = SoundCard.TryOpen();
        if (card is null)
            return;
        EngineEnd alice = new(440, clip: 1, options =>
        {
            options.Microphone = _ => new(new MicrophoneInput("calls_nobody"));
            options.Loudspeaker = () => new LoudspeakerOutput("calls_nobody");
        });
        await using var call = await ManagedCall.BeginAsync(alice, _bob);
        await EngineCall.Until(() => call.Errors.Count == 2, "both are told");
        call.Errors.Select(error => error.Kind).Should().BeEquivalentTo([CallErrorKind.Microphone, CallErrorKind.Speaker]);
        call.Caller.Current.State.Should().Be(CallState.Connected);
    }

    /// <summary>Two managers in a call, of which one's errors are kept.</summary>
    private sealed class ManagedCall : IAsyncDisposable
    {
        private readonly InMemorySignaling _signaling = new();
        private readonly CallManager _callee;

        private ManagedCall(EngineEnd caller, EngineEnd callee)
        {
            (Caller, _callee) = (new CallManager(_signaling.Channel("alice"), caller.Source), new CallManager(_signaling.Channel("bob"), callee.Source));
            Caller.Errors.Subscribe(Errors.Enqueue);
        }

        public CallManager Caller { get; }

        public ConcurrentQueue<CallError> Errors { get; } = new();

        public static async Task<ManagedCall> BeginAsync(EngineEnd caller, EngineEnd callee)
        {
            ManagedCall call = new(caller, callee);
            await call.Caller.ConnectAsync().WaitAsync(EngineCall.Patience);
            await call._callee.ConnectAsync().WaitAsync(EngineCall.Patience);
            await call.Caller.StartOutgoingAsync("bob", video: false).WaitAsync(EngineCall.Patience);
            await ReachAsync(call._callee, CallState.IncomingRinging);
            await call._callee.AcceptIncomingAsync(video: false).WaitAsync(EngineCall.Patience);
            await ReachAsync(call.Caller, CallState.Connected);
            await ReachAsync(call._callee, CallState.Connected);
            return call;
        }

        public void IsToldOnce(CallErrorKind kind)
        {
            var error = Errors.Should().ContainSingle().Subject;
            (error.Kind, error.CallId).Should().Be((kind, Caller.Current.CallId));
            error.Error.Should().BeOfType<MediaException>().Which.Failure.Should().Be(MediaFailure.NoDevice);
            (Caller.Current.State, _callee.Current.State).Should().Be((CallState.Connected, CallState.Connected));
        }

        public async ValueTask DisposeAsync()
        {
            await Caller.DisposeAsync();
            await _callee.DisposeAsync();
        }

        private static Task<CallSnapshot> ReachAsync(CallManager manager, CallState state)
            => manager.Snapshots.FirstAsync(snapshot => snapshot.State == state).ToTask().WaitAsync(EngineCall.Patience);
    }
}
