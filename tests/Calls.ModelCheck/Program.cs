using System.Globalization;
using Calls.ModelCheck;

if (args is ["--mutations"])
    return MutationTable.Print(Console.Out) == KnownBugs.All.Count ? 0 : 1;
var bounds = new Bounds();
for (var i = 0; i + 1 < args.Length; i += 2)
    bounds = bounds.With(args[i].TrimStart('-'), int.Parse(args[i + 1], CultureInfo.InvariantCulture));
var model = new Model(bounds);
Console.WriteLine($"bounds {bounds}");
var found = new BreadthFirst(model).Run();
if (found.Violation is { } violation)
{
    Console.WriteLine($"{violation.Invariant}: {violation.Detail}");
    Console.WriteLine(Diagram.Of(model, found));
    Console.WriteLine(TestBody.Of(bounds, found));
}

Console.WriteLine(found.IsComplete ? "every state within the bounds was seen" : "not every state within the bounds was seen: a violation, or max-states");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"states={found.States} transitions={found.Transitions} depth={found.Depth} violations={(found.Violation is null ? 0 : 1)} seconds={found.Elapsed.TotalSeconds:F1}"));
return found.Violation is null ? 0 : 1;
