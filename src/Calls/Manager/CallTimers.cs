using Calls.Machine;

namespace Calls;

/// <summary>The timers of the current call; none runs where none is set.</summary>
internal sealed class CallTimers(TimeProvider time, Action<TimerFired> fired)
{
    private readonly ITimer?[] _timers = new ITimer?[Enum.GetValues<CallTimer>().Length];

    public int Count => _timers.Count(timer => timer is not null);

    public void Set(CallId id, CallTimer timer, TimeSpan due)
    {
        Cancel(timer);
        _timers[(int)timer] = time.CreateTimer(static state =>
        {
            var (fired, call, timer) = ((Action<TimerFired>, CallId, CallTimer))state!;
            fired(new TimerFired(call, timer));
        }, (fired, id, timer), due, Timeout.InfiniteTimeSpan);
    }

    public void Cancel(CallTimer timer)
    {
        _timers[(int)timer]?.Dispose();
        _timers[(int)timer] = null;
    }

    public void CancelAll()
    {
        foreach (var timer in Enum.GetValues<CallTimer>())
            Cancel(timer);
    }
}
