using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Calls.Readme.Tests;

public partial class ReadmeTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../.."));

    [Fact]
    public void The_host_code_of_the_readme_is_the_code_that_compiles_here()
    {
        var shown = Code().Match(File.ReadAllText(Path.Combine(Root, "README.md"))).Groups[1].Value;
        var compiled = File.ReadAllText(Path.Combine(Here(), "HostCode.cs"));
        Lines(shown).Should().NotBeEmpty();
        Lines(compiled).Should().ContainInConsecutiveOrder(Lines(shown));
    }

    [Fact]
    public void The_readme_fits_four_screens()
        => File.ReadLines(Path.Combine(Root, "README.md")).Count().Should().BeLessThan(4 * 40);

    [Theory]
    [InlineData("README.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("benchmarks/README.md")]
    [InlineData("samples/Calls.Sample.Web/README.md")]
    public void Every_link_leads_somewhere(string document)
    {
        var path = Path.Combine(Root, document);
        foreach (Match link in Link().Matches(File.ReadAllText(path)))
        {
            var target = link.Groups[1].Value.Split('#')[0];
            if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
                Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)).Should().BeTrue($"{document} links to {target}");
        }
    }

    private static string[] Lines(string code) => [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("<!-- host -->\\s*```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("\\]\\(([^)]+)\\)")]
    private static partial Regex Link();
}
