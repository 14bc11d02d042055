using Calls.Machine;

namespace Calls.Testing;

/// <summary>What a simulation plays.</summary>
public sealed record CallSimulatorOptions
{
    /// <summary>How many users there are. 2–16; default 3.</summary>
    public int Users { get; init; } = 3;

    /// <summary>How many devices each user has. 1–8; default 2.</summary>
    public int DevicesPerUser { get; init; } = 2;

    /// <summary>How many things the users do, answering a ring apart. 0–10,000; default 16.</summary>
    public int Acts { get; init; } = 16;

    /// <summary>How often something goes wrong, apart from what messages and media suffer. 0–10,000; default 4.</summary>
    public int Incidents { get; init; } = 4;

    /// <summary>In how much virtual time all that happens; afterwards the simulation runs on until it is at rest. 1 s – 1 h; default 60 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What may go wrong. Default: everything.</summary>
    public SimulatedFaults Faults { get; init; } = SimulatedFaults.All;

    /// <summary>The table of the machines, where a test wants to know that a broken one is found.</summary>
    internal CallTable? Table { get; init; }

    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Users, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Users, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(DevicesPerUser, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DevicesPerUser, 8);
        ArgumentOutOfRangeException.ThrowIfNegative(Acts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Acts, 10_000);
        ArgumentOutOfRangeException.ThrowIfNegative(Incidents);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Incidents, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(Duration, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Duration, TimeSpan.FromHours(1));
    }
}
