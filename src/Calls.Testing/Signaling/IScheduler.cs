namespace Calls.Testing;

/// <summary>Where a server in memory gets its time from: a <see cref="TimeProvider"/>, or the simulator's virtual clock.</summary>
internal interface IScheduler
{
    TimeSpan Now { get; }

    /// <summary>Runs <paramref name="action"/> in <paramref name="due"/>, unless what comes back is disposed before.</summary>
    IDisposable Schedule(TimeSpan due, Action action);
}
