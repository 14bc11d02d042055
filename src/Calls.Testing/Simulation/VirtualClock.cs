namespace Calls.Testing;

/// <summary>Time that passes only when the next event is run. Events of one moment run in the order in which they were planned.</summary>
internal sealed class VirtualClock : IScheduler
{
    private readonly PriorityQueue<Plan, (TimeSpan Due, long Order)> _plans = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    public IDisposable Schedule(TimeSpan due, Action action) => At(Now + due, action);

    public Plan At(TimeSpan due, Action action)
    {
        var plan = new Plan(action);
        _plans.Enqueue(plan, (due < Now ? Now : due, _order++));
        return plan;
    }

    /// <summary>Runs the next event; false when there is none.</summary>
    public bool RunNext()
    {
        while (_plans.TryDequeue(out var plan, out var at))
        {
            if (!plan.IsPlanned)
                continue;
            Now = at.Due;
            plan.Run();
            return true;
        }

        return false;
    }

    internal sealed class Plan(Action action) : IDisposable
    {
        private Action? _action = action;

        public bool IsPlanned => _action is not null;

        public void Run() => Interlocked.Exchange(ref _action, null)?.Invoke();

        public void Dispose() => _action = null;
    }
}
