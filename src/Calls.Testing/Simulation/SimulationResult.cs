namespace Calls.Testing;

/// <summary>What came of one simulation.</summary>
/// <param name="Seed">The seed: the same seed and options play the same again, to the letter.</param>
/// <param name="Violations">What must never be and was, in sentences; empty where all was well.</param>
/// <param name="Timeline">Who did, sent, received and became what, and when: one event a line. Empty where it was not asked for.</param>
/// <param name="Steps">How many inputs the machines took.</param>
/// <param name="CallsStarted">How many calls users started.</param>
/// <param name="SidesConnected">How often a side of a call became Connected.</param>
/// <param name="GlaresLost">How often a side gave its own call up for the other's.</param>
public sealed record SimulationResult(
    int Seed, IReadOnlyList<string> Violations, string Timeline, int Steps, int CallsStarted, int SidesConnected, int GlaresLost)
{
    /// <summary>Whether nothing was violated.</summary>
    public bool IsClean => Violations.Count == 0;

    /// <inheritdoc/>
    public override string ToString()
        => $"seed {Seed}: {(IsClean ? "clean" : string.Join("; ", Violations))}{Environment.NewLine}{Timeline}";
}
