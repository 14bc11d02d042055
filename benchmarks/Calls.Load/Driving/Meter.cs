using System.Globalization;

namespace Calls.Load;

/// <summary>Counts in the measured time, and tells the other process when that begins and ends.</summary>
/// <param name="warmUp">How long the load runs before that.</param>
internal sealed class Meter(TimeSpan warmUp) : IDisposable
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(6);
    private readonly CancellationTokenSource _over = new();
    private readonly List<long> _latencies = [];
    private long _count;
    private volatile bool _isMeasuring;

    /// <summary>Cancelled when the measured time is over.</summary>
    public CancellationToken Over => _over.Token;

    public void Count()
    {
        if (_isMeasuring)
            Interlocked.Increment(ref _count);
    }

    public void Latency(long ticks)
    {
        if (!_isMeasuring)
            return;
        lock (_latencies)
            _latencies.Add(ticks);
    }

    /// <summary>Waits until the load runs evenly, measures, and says what came of it.</summary>
    public async Task MeasureAsync()
    {
        await Task.Delay(warmUp, TimeProvider.System);
        Console.WriteLine(LoadProcess.Begin);
        _isMeasuring = true;
        await Task.Delay(Measured, TimeProvider.System);
        _isMeasuring = false;
        Console.WriteLine(LoadProcess.End);
        await _over.CancelAsync();
        Say();
    }

    public static void Say(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));

    /// <summary>The median and the 99th percentile of some times, in ticks.</summary>
    public static void SayTimes(List<long> ticks)
    {
        ticks.Sort();
        Say("p50_ms", Milliseconds(0.50));
        Say("p99_ms", Milliseconds(0.99));

        double Milliseconds(double quantile) => ticks[(int)(quantile * (ticks.Count - 1))] * 1000.0 / TimeProvider.System.TimestampFrequency;
    }

    public void Dispose() => _over.Dispose();

    private void Say()
    {
        lock (_latencies)
        {
            if (_latencies.Count > 0)
                SayTimes(_latencies);
        }

        Say("count", Interlocked.Read(ref _count));
    }
}
