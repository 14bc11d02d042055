using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Tests.Manager;

public class BroadcastTests
{
    [Fact]
    public async Task B23_every_observer_gets_every_value_in_order_and_one_that_blocks_stops_no_other()
    {
        var broadcast = new Broadcast<int>(NullLogger.Instance, -1);
        using var stuck = new ManualResetEventSlim();
        List<int> slow = [], quick = [];
        using var blocked = broadcast.Subscribe(value =>
        {
            if (value == 0)
                stuck.Wait(TimeSpan.FromSeconds(10));
            slow.Add(value);
        });
        using var other = broadcast.Subscribe(quick.Add);
        for (var i = 0; i < 1000; i++)
            broadcast.Publish(i);
        await ManagerFixture.Eventually(() => quick.Count == 1001);
        slow.Should().HaveCount(1);
        stuck.Set();
        await ManagerFixture.Eventually(() => slow.Count == 1001);
        slow.Should().Equal(Enumerable.Range(-1, 1001));
        quick.Should().Equal(slow);
    }

    [Fact]
    public async Task A_late_observer_gets_the_current_value_at_once_and_after_the_end_the_completion()
    {
        var broadcast = new Broadcast<int>(NullLogger.Instance, 1);
        broadcast.Publish(2);
        List<int> seen = [];
        broadcast.Subscribe(seen.Add).Dispose();
        seen.Should().Equal(2);
        broadcast.ObserverCount.Should().Be(0);

        broadcast.Complete();
        broadcast.Publish(3);
        var completed = 0;
        using var late = broadcast.Subscribe(seen.Add, () => Interlocked.Increment(ref completed));
        await ManagerFixture.Eventually(() => completed == 1);
        seen.Should().Equal(2, 2);
    }

    [Fact]
    public async Task Completion_comes_once_and_after_every_value()
    {
        for (var round = 0; round < 200; round++)
        {
            var broadcast = new Broadcast<int>(NullLogger.Instance);
            List<int> seen = [];
            using var subscription = broadcast.Subscribe(seen.Add, () => seen.Add(-1));
            var publishing = Task.Run(() => broadcast.Publish(1));
            await publishing;
            broadcast.Complete();
            await ManagerFixture.Eventually(() => seen.Count == 2);
            seen.Should().Equal(1, -1);
        }
    }

    [Fact]
    public async Task B46_what_a_slow_observer_has_not_heard_is_let_go_when_it_leaves_though_its_subscription_is_kept()
    {
        var broadcast = new Broadcast<object>(NullLogger.Instance);
        using var entered = new ManualResetEventSlim();
        using var stuck = new ManualResetEventSlim();
        var left = 0;
        var subscription = broadcast.Subscribe(_ =>
        {
            entered.Set();
            stuck.Wait(TimeSpan.FromSeconds(10));
            Interlocked.Increment(ref left);
        });
        broadcast.Publish(new object());
        await ManagerFixture.Eventually(() => entered.IsSet);
        var unheard = PublishAnother(broadcast);

        subscription.Dispose();
        stuck.Set();
        await ManagerFixture.Eventually(() => left == 1);

        await ManagerFixture.Eventually(() =>
        {
            GC.Collect();
            return !unheard.IsAlive;
        });
        GC.KeepAlive(subscription);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference PublishAnother(Broadcast<object> broadcast)
    {
        var value = new object();
        broadcast.Publish(value);
        return new WeakReference(value);
    }
}
