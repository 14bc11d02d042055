namespace Calls.ModelCheck;

/// <summary>One search with a name: a few acts and faults that are looked at together.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Bounds">How far it goes.</param>
/// <param name="IsLarge">Whether it takes too long to be run with the tests.</param>
internal sealed record Scope(string Name, Bounds Bounds, bool IsLarge = false)
{
    public Findings Search() => new BreadthFirst(new Model(Bounds)).Run();
}
