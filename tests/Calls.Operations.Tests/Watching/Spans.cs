using System.Collections.Concurrent;
using System.Diagnostics;

namespace Calls.Operations.Tests;

/// <summary>Traces every call of this process.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _stopped = new();

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CallDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The names of all spans that are over.</summary>
    public IReadOnlyList<string> Names => [.. _stopped.Select(activity => activity.OperationName).Distinct()];

    /// <summary>The span of that name, once it is over.</summary>
    public async Task<Activity> NextAsync(string name)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            if (_stopped.FirstOrDefault(activity => activity.OperationName == name) is { } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    public void Dispose() => _listener.Dispose();
}
