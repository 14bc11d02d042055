using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Calls.Trust.Tests;

/// <summary>What a host has refused, by its own count: also what a stranger could no longer be told.</summary>
internal sealed class Refusals : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, int> _codes = new();

    /// <param name="meters">The host's.</param>
    public Refusals(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "calls.server.refusals" && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _codes.AddOrUpdate((string)tags[0].Value!, 1, (_, count) => count + 1));
        _listener.Start();
    }

    /// <summary>The codes that there were.</summary>
    public IEnumerable<string> Codes => _codes.Keys;

    public override string ToString() => string.Join(", ", _codes);

    public void Dispose() => _listener.Dispose();
}
