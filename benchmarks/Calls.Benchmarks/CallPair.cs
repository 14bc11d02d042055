using Calls.Testing;
using Microsoft.Extensions.Logging;

namespace Calls.Benchmarks;

/// <summary>Two people and their managers on one signaling server in memory, with scripted media: one calls the other, again and again.</summary>
internal sealed class CallPair : IAsyncDisposable
{
    private readonly CallManager _alice;
    private readonly CallManager _bob;
    private readonly StateWatch _aliceState = new();
    private readonly StateWatch _bobState = new();

    public CallPair(ILoggerFactory logging)
    {
        // A server that remembers a call for no time: it would else hold every call of the last half minute.
        var signaling = new InMemorySignaling(settings: new() { ResumeWindow = TimeSpan.FromMilliseconds(1) });
        var network = new ScriptedMediaNetwork();
        _alice = new(signaling.Channel("alice"), new ScriptedMediaSource(network), loggerFactory: logging);
        _bob = new(signaling.Channel("bob"), new ScriptedMediaSource(network), loggerFactory: logging);
        _alice.Snapshots.Subscribe(_aliceState);
        _bob.Snapshots.Subscribe(_bobState);
    }

    public async Task ConnectAsync()
    {
        await _alice.ConnectAsync();
        await _bob.ConnectAsync();
    }

    /// <summary>Rings, accepts, connects, hangs up; over when both sides have seen the end.</summary>
    public async Task CallAsync()
    {
        var (ringing, connected) = (_bobState.Until(CallState.IncomingRinging), _aliceState.Until(CallState.Connected));
        await _alice.StartOutgoingAsync("bob", video: true);
        await ringing;
        var answered = _bobState.Until(CallState.Connected);
        await _bob.AcceptIncomingAsync(video: true);
        await connected;
        await answered;
        var (ended, hungUp) = (_aliceState.Until(CallState.Ended), _bobState.Until(CallState.Ended));
        await _alice.EndAsync();
        await ended;
        await hungUp;
    }

    public async Task CallAsync(int times)
    {
        for (var i = 0; i < times; i++)
            await CallAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    /// <summary>Waits for the next time that a state is entered.</summary>
    private sealed class StateWatch : IObserver<CallSnapshot>
    {
        private readonly Lock _gate = new();
        private CallState _awaited;
        private CallState _last;
        private TaskCompletionSource? _reached;

        public Task Until(CallState state)
        {
            lock (_gate)
            {
                _awaited = state;
                return (_reached = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }

        public void OnNext(CallSnapshot value)
        {
            TaskCompletionSource? reached = null;
            lock (_gate)
            {
                if (value.State != _last && value.State == _awaited)
                    (reached, _reached) = (_reached, null);
                _last = value.State;
            }

            reached?.SetResult();
        }

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
