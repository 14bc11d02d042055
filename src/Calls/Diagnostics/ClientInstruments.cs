using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Calls;

/// <summary>What all managers of a process count together. No tag holds an id.</summary>
internal static class ClientInstruments
{
    public static readonly ActivitySource Activities = new(CallDiagnostics.ActivitySourceName);

    private static readonly Meter Meter = new(CallDiagnostics.MeterName);

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        "calls.client.active_calls", "{call}", "Calls that managers of this process are in, by state.");

    private static readonly Histogram<double> SetUp = Meter.CreateHistogram(
        "calls.client.setup.duration", "s", "From the start of a call, or its acceptance, to the first media connection.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20] });

    private static readonly Counter<long> Ended = Meter.CreateCounter<long>(
        "calls.client.ended_calls", "{call}", "Calls that ended, by the reason that the user is told.");

    public static void Moved(CallState from, CallState to)
    {
        if (!Active.Enabled)
            return;
        if (IsActive(from))
            Active.Add(-1, State(from));
        if (IsActive(to))
            Active.Add(1, State(to));
    }

    public static void Connected(CallRole role, TimeSpan after)
        => SetUp.Record(after.TotalSeconds, new KeyValuePair<string, object?>("calls.role", role == CallRole.Caller ? "caller" : "callee"));

    public static void EndedBy(CallEndReason reason) => Ended.Add(1, new KeyValuePair<string, object?>("calls.end.reason", reason.ToKey()));

    private static bool IsActive(CallState state) => state is not (CallState.Idle or CallState.Ended or CallState.Failed);

    private static KeyValuePair<string, object?> State(CallState state) => new("calls.state", state.ToWireName());
}
