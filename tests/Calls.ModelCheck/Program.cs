using System.Globalization;
using Calls.ModelCheck;

switch (args)
{
    case []:
        return ScopeTable.Print(Console.Out, AllScopes.All) == 0 ? 0 : 1;
    case ["--mutations"]:
        return MutationTable.Print(Console.Out) == KnownBugs.All.Count ? 0 : 1;
    case ["--scope", var name]:
        return ScopeTable.Print(Console.Out, AllScopes.All.Where(scope => scope.Name == name)) == 0 ? 0 : 1;
}

var bounds = new Bounds();
for (var i = 0; i + 1 < args.Length; i += 2)
    bounds = bounds.With(args[i].TrimStart('-'), int.Parse(args[i + 1], CultureInfo.InvariantCulture));
return ScopeTable.Print(Console.Out, [new Scope("options", bounds)]) == 0 ? 0 : 1;
