namespace Calls.Testing;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class StandingClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<StandingTimer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
            return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        StandingTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, and fires what is due.</summary>
    public void Advance(TimeSpan by)
    {
        StandingTimer[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            foreach (var timer in due)
                timer.Next(_now);
        }

        foreach (var timer in due)
            timer.Fire();
    }

    private sealed class StandingTimer(StandingClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    (Due, _period) = (clock._now + dueTime, period);
                    clock._timers.Add(this);
                }
            }

            if (dueTime == TimeSpan.Zero)
                clock.Advance(TimeSpan.Zero);
            return true;
        }

        public void Next(TimeSpan now)
        {
            if (_period > TimeSpan.Zero)
                Due = now + _period;
            else
                clock._timers.Remove(this);
        }

        // As the system's timers do: never on the stack of who moves the clock.
        public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), this, preferLocal: false);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call() => callback(state);
    }
}
