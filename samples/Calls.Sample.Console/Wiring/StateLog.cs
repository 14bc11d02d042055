using System.Reactive.Disposables;
using System.Reactive.Linq;
using Spectre.Console;

namespace Calls.Sample.Console.Wiring;

/// <summary>Writes the states of calls as they change, one a line: the time, who, the state.</summary>
internal sealed class StateLog(IAnsiConsole console, TimeProvider time)
{
    private readonly long _begin = time.GetTimestamp();
    private readonly Lock _gate = new();

    /// <summary>Writes the states of a manager until the result is disposed of.</summary>
    public IDisposable Follow(string name, ICallManager manager)
        => new CompositeDisposable(
            manager.Snapshots.Select(Describe).DistinctUntilChanged().Subscribe(told => Line(name, told.State, told.Details)),
            manager.Errors.Subscribe(error => Line(name, "trouble", error.Message)));

    /// <summary>Writes a line.</summary>
    public void Line(string name, string what, string details = "")
    {
        var line = $"{time.GetElapsedTime(_begin):mm\\:ss\\.fff}  {name,-8}  {what,-16}  {details}".TrimEnd();
        lock (_gate)
            console.WriteLine(line);
    }

    private static (string State, string Details) Describe(CallSnapshot snapshot) => (snapshot.State.ToWireName(), snapshot switch
    {
        { State: CallState.Outgoing, IsPeerRinging: true } => "it rings there",
        { State: CallState.IncomingRinging, Peer.Name: { } name } => $"{name} calls",
        { State: CallState.Connected, IsReconnecting: true } => "reconnecting",
        { State: CallState.Connected, IsPeerHolding: true } => "held by the other side",
        { End: { } end } => EndTexts.Of(end),
        _ => "",
    });
}
