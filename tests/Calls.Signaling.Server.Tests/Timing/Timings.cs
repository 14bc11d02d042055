using System.Globalization;

namespace Calls.Signaling.Server.Tests;

/// <summary>
/// The times of several kinds, measured one beside the other in rounds, each round in an order of its own, and whether a kind takes longer than others as a rule. Only ranks within a round
/// count: a machine that is busy makes a round slow, not a kind. If all kinds are alike, each order is as likely as any other, and the mean rank of a kind strays from the middle by
/// <see cref="Deviation"/> standard deviations, of which 5 come once in two million. A difference between kinds grows with the root of the rounds.
/// </summary>
internal sealed class Timings(string[] kinds)
{
    private readonly List<double[]> _rounds = [];

    /// <summary>Takes a round: a time of each kind.</summary>
    public void Add(double[] round) => _rounds.Add(round);

    /// <summary>By how many standard deviations the mean rank of the kind that strays most does so.</summary>
    public double Deviation => kinds.Select((_, kind) => Math.Abs(DeviationOf(kind))).Max();

    public override string ToString() => string.Join(", ", kinds.Select((name, kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} {_rounds.Select(round => round[kind]).Order().ElementAt(_rounds.Count / 2):F3} ms ({DeviationOf(kind):+0.0;-0.0})")));

    private double DeviationOf(int kind)
    {
        var middle = (kinds.Length + 1) / 2.0;
        var mean = _rounds.Average(round => 1 + round.Count(time => time < round[kind]) + (round.Count(time => time == round[kind]) - 1) / 2.0);
        return (mean - middle) / Math.Sqrt((kinds.Length * kinds.Length - 1) / 12.0 / _rounds.Count);
    }
}
