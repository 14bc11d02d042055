using Calls.Machine;

namespace Calls.ModelCheck;

/// <summary>A known bug that is put back on purpose.</summary>
/// <param name="Name">Where it is known from, or what it is.</param>
/// <param name="Breaks">The invariant that it must be seen to break.</param>
/// <param name="Bounds">As far as the search has to go for it; without the bug everything holds within them.</param>
/// <param name="Table">The machine's table with the bug.</param>
/// <param name="Routed">The server's rules with the bug.</param>
internal sealed record Mutation(string Name, string Breaks, Bounds Bounds, CallTable? Table = null, RoutedRule? Routed = null)
{
    public Findings Run() => new BreadthFirst(new Model(Bounds, Table, Routed)).Run();

    /// <summary>The same search without the bug.</summary>
    public Findings Control() => new BreadthFirst(new Model(Bounds)).Run();

    public override string ToString() => Name;
}
