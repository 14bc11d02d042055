using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Runtime.CompilerServices;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

[Collection(Alone.Name)]
public class EnduranceTests
{
    private const int Rounds = 1_000;
    private const int Stretch = 100;
    private const int Looks = 4;

    /// <summary>What a hundred calls may add to the heap, in bytes, over and over: twenty a call, less than the smallest object that is held on to.</summary>
    private const long SteadyGrowth = 20 * Stretch;

    /// <summary>What the runtime may take once for all, in bytes: the queues of its pool grow in such steps, at a moment of their own.</summary>
    private const long OnceForAll = 512 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Party Bob = new("bob", "phone", "Bob");

    private readonly CountingTime _time = new();
    private readonly ScriptedChannel _channel = new();
    private readonly ScriptedMedia _media = new();
    private readonly List<WeakReference> _used = [];
    private readonly List<WeakReference> _seen = [];

    [Fact]
    public async Task B46_a_thousand_calls_one_after_another_on_one_manager_leave_nothing_behind()
    {
        await using var manager = new CallManager(_channel, _media, timeProvider: _time);
        var ends = 0;
        using var counting = manager.Ends.Subscribe(_ => Interlocked.Increment(ref ends));
        await RunAsync(manager, 0, Rounds, () => Observe(manager));
        _time.Advance(new CallOptions().EndedLinger);
        await Until(manager, snapshot => snapshot.State == CallState.Idle);

        await ManagerFixture.Eventually(() => Volatile.Read(ref ends) == Rounds);
        _used.Should().HaveCount(2 * Rounds * 3 / 4, "a call that is declined opens nothing");
        _seen.Should().HaveCountGreaterThan(Rounds * 3, "every call shows a few snapshots, to an observer of its own");
        _time.Timers.Should().BeLessThanOrEqualTo(1, "only the one that has fired last is still known");
        Collect();
        _used.Count(one => one.IsAlive).Should().Be(0, "no session and no device is held on to");
        _seen.Count(one => one.IsAlive).Should().Be(0, "no snapshot and no observer is held on to");
    }

    [Fact]
    public async Task B46_after_a_thousand_calls_the_heap_is_no_larger_than_after_the_first_hundred()
    {
        await using var manager = new CallManager(_channel, _media, timeProvider: _time);
        List<long> heaps = [];
        for (var round = 0; round < Rounds; round += Stretch)
        {
            await RunAsync(manager, round, round + Stretch, () => manager.Snapshots.Subscribe(_ => { }));
            heaps.Add(await HeapAtRestAsync(manager));
        }

        long[] growths = [.. heaps.Zip(heaps.Skip(1), (before, after) => after - before).Order()];
        growths[growths.Length / 2].Should().BeLessThan(SteadyGrowth, "in a hundred calls");
        (heaps[^1] - heaps[0]).Should().BeLessThan(OnceForAll, "in nine hundred calls");
    }

    /// <summary>The bytes of the heap, with nothing of the test's own that grows with the calls.</summary>
    private async Task<long> HeapAtRestAsync(CallManager manager)
    {
        _time.Advance(new CallOptions().EndedLinger);
        await Until(manager, snapshot => snapshot.State == CallState.Idle);
        _used.Clear();
        _used.TrimExcess();

        // What the pool has left to do holds some of it, and more at one rest than at another: what stays is what the lightest of some looks finds.
        var least = long.MaxValue;
        for (var look = 0; look < Looks; look++)
        {
            await Task.Run(Collect);
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: false));
        }

        return least;
    }

    private async Task RunAsync(CallManager manager, int from, int to, Func<IDisposable> observe)
    {
        for (var round = from; round < to; round++)
        {
            using (observe())
                await CallAsync(manager, round);
            await TakeAwayAsync();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IDisposable Observe(CallManager manager)
    {
        Action<CallSnapshot> note = snapshot =>
        {
            if (snapshot.State != CallState.Idle)
                Note(snapshot);
        };
        Note(note);
        return manager.Snapshots.Subscribe(note);
    }

    private void Note(object one)
    {
        lock (_seen)
            _seen.Add(new WeakReference(one));
    }

    /// <summary>The four courses in turn: declined there, hung up here, declined here, hung up there.</summary>
    private async Task CallAsync(CallManager manager, int round)
    {
        var id = round % 4 < 2 ? await CallOutAsync(manager, round) : await CallInAsync(manager, round);
        await Until(manager, snapshot => snapshot.CallId == id && snapshot.State == CallState.Ended);
    }

    private async Task<CallId> CallOutAsync(CallManager manager, int round)
    {
        var id = await manager.StartOutgoingAsync("bob", video: round % 8 == 0).WaitAsync(Patience);
        if (round % 4 == 0)
        {
            _channel.Receive(new RejectedMessage { CallId = id, Reason = RejectReasons.Declined, Seq = 1 });
            return id;
        }

        _channel.Receive(new AnswerMessage { CallId = id, Sdp = "remote-answer", From = Bob, Seq = 1 });
        await ConnectAsync(manager, id);
        await manager.EndAsync().WaitAsync(Patience);
        return id;
    }

    private async Task<CallId> CallInAsync(CallManager manager, int round)
    {
        var id = CallId.New();
        _channel.Receive(new OfferMessage { CallId = id, ChatId = "bob", Sdp = "remote-offer", RingTimeoutMs = 45_000, From = Bob, Seq = 1 });
        await Until(manager, snapshot => snapshot.CallId == id && snapshot.State == CallState.IncomingRinging);
        if (round % 4 == 2)
        {
            await manager.RejectAsync().WaitAsync(Patience);
            return id;
        }

        await manager.AcceptIncomingAsync(video: false).WaitAsync(Patience);
        await ConnectAsync(manager, id);
        _channel.Receive(new EndMessage { CallId = id, Reason = EndReasons.Hangup, From = Bob, Seq = 2 });
        return id;
    }

    private async Task ConnectAsync(CallManager manager, CallId id)
    {
        await Until(manager, snapshot => snapshot.CallId == id && snapshot.State == CallState.Connecting);
        RaiseConnected();
        await Until(manager, snapshot => snapshot.CallId == id && snapshot.State == CallState.Connected);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RaiseConnected() => _media.Sessions.Single().RaiseState(MediaConnectionState.Connected);

    /// <summary>Nothing but the manager may keep what a call used.</summary>
    private async Task TakeAwayAsync()
    {
        await ManagerFixture.Eventually(IsClosed);
        Forget();
    }

    private bool IsClosed()
        => _media.Sessions.All(session => session.Disposals > 0 && !session.HasObservers)
            && _media.Opened.All(local => local.Disposals > 0 && !local.HasObservers);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget()
    {
        _used.AddRange(_media.Sessions.Select(session => new WeakReference(session)));
        _used.AddRange(_media.Opened.Select(local => new WeakReference(local)));
        _media.Sessions.Clear();
        _media.Opened.Clear();
        _media.Journal.Clear();
        _media.Asked.Clear();
        _channel.Forget();
    }

    private static Task<CallSnapshot> Until(CallManager manager, Func<CallSnapshot, bool> predicate)
        => manager.Snapshots.FirstAsync(predicate).ToTask().WaitAsync(Patience);

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
