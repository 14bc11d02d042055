using System.Globalization;

namespace Calls.ModelCheck;

/// <summary>Puts each known bug back, one at a time, and tells which invariant saw it.</summary>
internal static class MutationTable
{
    /// <summary>How many were seen by the invariant that they break.</summary>
    public static int Print(TextWriter output)
    {
        var caught = 0;
        output.WriteLine($"{"bug",-72} {"broken invariant",-24} {"steps",5} {"states",8}");
        foreach (var bug in KnownBugs.All)
        {
            var found = bug.Run();
            var invariant = found.Violation?.Invariant;
            caught += invariant == bug.Breaks ? 1 : 0;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{bug.Name,-72} {(invariant == bug.Breaks ? invariant : $"{invariant ?? "none"}!"),-24} {found.Path.Count,5} {found.States,8}"));
        }

        output.WriteLine($"{caught} of {KnownBugs.All.Count} caught by name");
        return caught;
    }
}
