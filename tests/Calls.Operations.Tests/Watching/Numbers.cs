using System.Diagnostics.Metrics;

namespace Calls.Operations.Tests;

/// <summary>Listens to the instruments of calls: the sum, and how often there was one, by name and tag.</summary>
internal sealed class Numbers : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<(string Instrument, string Tag), (double Sum, int Count)> _numbers = [];
    private readonly List<Instrument> _instruments = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <param name="scope">Whose instruments; null: those that belong to no host, that is, the clients'.</param>
    public Numbers(object? scope = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != CallDiagnostics.MeterName || instrument.Meter.Scope != scope)
                return;
            lock (_numbers)
                _instruments.Add(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments
    {
        get
        {
            lock (_numbers)
                return [.. _instruments];
        }
    }

    /// <summary>Every tag that was ever seen, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Tags
    {
        get
        {
            lock (_numbers)
                return [.. _numbers.Keys.Select(key => key.Tag).Where(tag => tag.Length > 0).Distinct()];
        }
    }

    public double Sum(string instrument, string tag = "") => Of(instrument, tag).Sum;

    public int Count(string instrument, string tag = "") => Of(instrument, tag).Count;

    /// <summary>Waits until something holds.</summary>
    public async Task UntilAsync(Func<Numbers, bool> holds)
    {
        while (true)
        {
            Task changed;
            lock (_numbers)
                changed = _changed.Task;
            if (holds(this))
                return;
            try
            {
                await changed.InTime();
            }
            catch (TimeoutException)
            {
                throw new TimeoutException(ToString());
            }
        }
    }

    public override string ToString()
    {
        lock (_numbers)
            return string.Join(", ", _numbers.Select(number => $"{number.Key} {number.Value}"));
    }

    public void Dispose() => _listener.Dispose();

    private (double Sum, int Count) Of(string instrument, string tag)
    {
        lock (_numbers)
            return _numbers.GetValueOrDefault((instrument, tag));
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var tag = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        TaskCompletionSource changed;
        lock (_numbers)
        {
            var (sum, count) = _numbers.GetValueOrDefault((instrument.Name, tag));
            _numbers[(instrument.Name, tag)] = (sum + value, count + 1);
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
