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
    [InlineData("docs/operations.md")]
    [InlineData("docs/protocol.md")]
    [InlineData("docs/security.md")]
    [InlineData("benchmarks/README.md")]
    [InlineData("samples/Calls.Sample.Console/README.md")]
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

    [Fact]
    public void Every_test_that_the_security_document_names_exists()
    {
        // A test, or a case that several suites run.
        var tests = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => file.EndsWith("Tests.cs", StringComparison.Ordinal) || file.EndsWith("Cases.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var named = Test().Matches(File.ReadAllText(Path.Combine(Root, "docs/security.md"))).Select(match => match.Groups[1].Value).ToArray();
        named.Should().HaveCountGreaterThan(20);
        named.Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static string[] Lines(string code) => [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("<!-- host -->\\s*```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("\\]\\(([^)]+)\\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(X[0-9]+_[A-Za-z0-9_]+)`")]
    private static partial Regex Test();
}
