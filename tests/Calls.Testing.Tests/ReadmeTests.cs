using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Calls.Testing.Tests;

public partial class ReadmeTests
{
    [Fact]
    public void The_conformance_code_of_the_readme_is_code_that_runs_here()
    {
        var readme = File.ReadAllText(Path.Combine(Here(), "../../src/Calls.Testing/README.md"));
        var shown = Lines(Code().Match(readme).Groups[1].Value);
        shown.Should().NotBeEmpty();
        Lines(File.ReadAllText(Path.Combine(Here(), "Conformance/Signaling/InMemoryConformanceTests.cs"))).Should().ContainInConsecutiveOrder(shown);
    }

    private static string[] Lines(string code) => [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("<!-- conformance -->\\s*```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
