using System.Diagnostics;
using System.Globalization;

namespace Calls.ModelCheck;

/// <summary>Searches one scope after another, and tells of each in a line; the last line adds them up.</summary>
internal static class ScopeTable
{
    /// <summary>How many scopes hold a violation.</summary>
    public static int Print(TextWriter output, IEnumerable<Scope> scopes)
    {
        var watch = Stopwatch.StartNew();
        long states = 0, transitions = 0;
        int depth = 0, violations = 0;
        foreach (var scope in scopes)
        {
            var found = scope.Search();
            if (found.Violation is not null)
                Counterexample.Print(output, new Model(scope.Bounds), found);
            output.WriteLine($"scope={scope.Name} {found.Line}");
            states += found.States;
            transitions += found.Transitions;
            depth = Math.Max(depth, found.Depth);
            violations += found.Violation is null ? 0 : 1;

            // Millions of worlds are let go at once; kept until the next collection, they would count for the next scope.
            GC.Collect();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"states={states} transitions={transitions} depth={depth} violations={violations} seconds={watch.Elapsed.TotalSeconds:F1}"));
        return violations;
    }
}
