namespace Calls.ModelCheck;

/// <summary>A violation for whoever looks at it: what does not hold, the shortest way to it as a diagram, and a test that goes it.</summary>
internal static class Counterexample
{
    public static void Print(TextWriter output, Model model, Findings found)
    {
        output.WriteLine($"bounds {model.Bounds}");
        output.WriteLine($"{found.Violation!.Invariant}: {found.Violation.Detail}");
        output.WriteLine(Diagram.Of(model, found));
        output.WriteLine(TestBody.Of(model.Bounds, found));
    }
}
