using Calls.Signaling;

namespace Calls.Machine;

/// <summary>Everything that the machine remembers. Immutable.</summary>
internal sealed record MachineState
{
    public static MachineState Initial { get; } = new();

    public CallState State { get; init; }

    /// <summary>The current call; in Ended and Failed the one that is over; null only in Idle.</summary>
    public CallData? Call { get; init; }

    /// <summary>Who the server says we are; null until the first welcome.</summary>
    public Party? Self { get; init; }

    /// <summary>What came for calls whose offer has not come yet.</summary>
    public EarlyCandidates Early { get; init; } = EarlyCandidates.None;

    /// <summary>Calls that are over and must never ring (again).</summary>
    public EndedCalls Over { get; init; } = EndedCalls.None;

    /// <summary>The call whose two sides are connected; null: none.</summary>
    public CallId? ConnectedCall => State == CallState.Connected ? Call!.Id : null;

    public bool IsActive => State is CallState.Outgoing or CallState.IncomingRinging or CallState.Connecting or CallState.Connected;
}
