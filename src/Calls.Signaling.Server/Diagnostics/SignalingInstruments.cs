using System.Diagnostics.Metrics;

namespace Calls.Signaling.Server;

/// <summary>What a server counts. No tag holds an id or anything else that a client may choose.</summary>
internal sealed class SignalingInstruments
{
    private readonly UpDownCounter<long> _connections;
    private readonly UpDownCounter<long> _calls;
    private readonly Histogram<double> _setUp;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _refused;
    private readonly Histogram<int> _replayed;

    public SignalingInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(CallDiagnostics.MeterName);
        _connections = meter.CreateUpDownCounter<long>("calls.server.active_connections", "{connection}", "Connections of clients, by transport.");
        _calls = meter.CreateUpDownCounter<long>("calls.server.active_calls", "{call}", "Calls that this server holds, by state; 'over' is one that is only remembered.");
        _setUp = meter.CreateHistogram(
            "calls.server.setup.duration", "s", "From the ring to the answer.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 45, 60] });
        _ended = meter.CreateCounter<long>("calls.server.ended_calls", "{call}", "Calls that ended, by outcome.");
        _refused = meter.CreateCounter<long>("calls.server.refusals", "{refusal}", "Messages and connections that were refused, by error code or HTTP status.");
        _replayed = meter.CreateHistogram(
            "calls.server.replay.size", "{message}", "Messages that a device had missed, each time that it came back.", tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 20, 50, 100, 200, 512] });
    }

    public void ConnectionOpened(string transport) => _connections.Add(1, Tag("calls.transport", transport));

    public void ConnectionClosed(string transport) => _connections.Add(-1, Tag("calls.transport", transport));

    /// <summary>This server holds a call in another state than before; null: not at all.</summary>
    public void Held(RoutedCallPhase? before, RoutedCallPhase? now)
    {
        if (before == now)
            return;
        if (before is { } old)
            _calls.Add(-1, Tag("calls.state", NameOf(old)));
        if (now is { } phase)
            _calls.Add(1, Tag("calls.state", NameOf(phase)));
    }

    public void Answered(TimeSpan after) => _setUp.Record(after.TotalSeconds);

    public void Ended(CallOutcome outcome) => _ended.Add(1, Tag("calls.outcome", outcome.ToKey()));

    /// <param name="code">One of <see cref="ErrorCodes"/>, or an HTTP status.</param>
    public void Refused(string code) => _refused.Add(1, Tag("error.type", code));

    public void Replayed(int messages) => _replayed.Record(messages);

    private static string NameOf(RoutedCallPhase phase) => phase switch
    {
        RoutedCallPhase.Ringing => "ringing",
        RoutedCallPhase.Answered => "answered",
        _ => "over",
    };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
