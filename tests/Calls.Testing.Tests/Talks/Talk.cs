using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Testing.Tests.Talks;

/// <summary>Two real managers in a call, on signaling in memory and scripted media; their clock stands still until it is moved.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InMemorySignaling _signaling = new();

    public Talk(MediaCapabilities caller = All, MediaCapabilities callee = All, Func<ISignalingChannel, ISignalingChannel>? between = null)
    {
        AliceMedia = new(Network) { Capabilities = caller };
        BobMedia = new(Network) { Capabilities = callee };
        Alice = new CallManager(between?.Invoke(_signaling.Channel("alice")) ?? _signaling.Channel("alice"), AliceMedia, timeProvider: Time);
        Bob = new CallManager(_signaling.Channel("bob"), BobMedia, timeProvider: Time);
        foreach (var manager in (CallManager[])[Alice, Bob])
        {
            manager.States.Subscribe(state => Keep(States, state));
            manager.Errors.Subscribe(error => Keep(Errors, error));
        }
    }

    public const MediaCapabilities All = MediaCapabilities.Video | MediaCapabilities.IceRestart | MediaCapabilities.Renegotiation;

    public FakeTimeProvider Time { get; } = new();

    public ScriptedMediaNetwork Network { get; } = new();

    public ScriptedMediaSource AliceMedia { get; }

    public ScriptedMediaSource BobMedia { get; }

    /// <summary>The caller.</summary>
    public CallManager Alice { get; }

    public CallManager Bob { get; }

    /// <summary>Of both sides.</summary>
    public List<CallState> States { get; } = [];

    /// <summary>Of both sides.</summary>
    public List<CallError> Errors { get; } = [];

    public async Task<Talk> BeginAsync(bool video = false)
    {
        await Alice.ConnectAsync().WaitAsync(Patience);
        await Bob.ConnectAsync().WaitAsync(Patience);
        await Alice.StartOutgoingAsync("bob", video).WaitAsync(Patience);
        await Until(Bob, snapshot => snapshot.State == CallState.IncomingRinging);
        await Bob.AcceptIncomingAsync(video).WaitAsync(Patience);
        await UntilBoth(snapshot => snapshot.State == CallState.Connected);
        return this;
    }

    /// <summary>Does something on both sides at once.</summary>
    public Task BothAsync(Func<CallManager, Task> act) => Task.WhenAll(Task.Run(() => act(Alice)), Task.Run(() => act(Bob))).WaitAsync(Patience);

    public Task UntilBoth(Func<CallSnapshot, bool> predicate) => Task.WhenAll(Until(Alice, predicate), Until(Bob, predicate));

    public static Task<CallSnapshot> Until(CallManager manager, Func<CallSnapshot, bool> predicate)
        => manager.Snapshots.FirstAsync(predicate).ToTask().WaitAsync(Patience);

    public static Task Eventually(Func<bool> isTrue) => Task.Run(() => SpinWait.SpinUntil(isTrue, Patience).Should().BeTrue());

    /// <summary>The call goes on: both are connected, and neither was anything else since it was.</summary>
    public void ShouldGoOn()
    {
        Alice.Current.State.Should().Be(CallState.Connected);
        Bob.Current.State.Should().Be(CallState.Connected);
        lock (States)
            States.Should().NotContain([CallState.Ended, CallState.Failed]);
    }

    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
    }

    private static void Keep<T>(List<T> list, T item)
    {
        lock (list)
            list.Add(item);
    }
}
