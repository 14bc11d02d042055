using System.Diagnostics;
using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

public class ConsentTimingTests
{
    [Fact]
    public async Task A_way_that_stands_is_asked_for_consent_in_the_beat_and_sets_no_timer()
    {
        WatchedTime time = new();
        IceTransportSettings settings = new()
        {
            WithLoopback = true,
            Time = time,
            Agent = new() { ConsentInterval = TimeSpan.FromMilliseconds(40), KeepAliveInterval = TimeSpan.FromMilliseconds(40) },
        };
        using TransportPair pair = new(settings, settings);
        await pair.ConnectAsync();

        // What was set before is over by the third question.
        await Asked(pair, 3);
        var set = time.Set;
        await Asked(pair, 10);
        (time.Set - set).Should().Be(0);
    }

    private static async Task Asked(TransportPair pair, int times)
    {
        var begin = Stopwatch.GetTimestamp();
        var last = pair.First.Transport.Statistics!.RoundTripTime;
        while (times > 0)
        {
            Stopwatch.GetElapsedTime(begin).Should().BeLessThan(TransportPair.Patience);
            await Task.Yield();
            if (pair.First.Transport.Statistics!.RoundTripTime is var now && now == last)
                continue;
            (last, times) = (now, times - 1);
        }
    }

    /// <summary>The system's clock, which counts how often a timer is set to fire once.</summary>
    private sealed class WatchedTime : TimeProvider
    {
        private int _set;

        public int Set => Volatile.Read(ref _set);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => new Timer(this, base.CreateTimer(callback, state, dueTime, period));

        private sealed class Timer(WatchedTime time, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                if (dueTime != Timeout.InfiniteTimeSpan && period == Timeout.InfiniteTimeSpan)
                    Interlocked.Increment(ref time._set);
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
