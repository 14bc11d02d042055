using System.Globalization;
using System.Text;

namespace Calls.ModelCheck;

/// <summary>A run as a test that is red now and green once the code is mended.</summary>
internal static class TestBody
{
    public static string Of(Bounds bounds, Findings findings)
    {
        var text = new StringBuilder();
        text.AppendLine("[Fact]");
        text.AppendLine(CultureInfo.InvariantCulture, $"public void {findings.Violation!.Invariant}_holds_in_a_run_that_once_broke_it()");
        text.AppendLine("{");
        text.AppendLine(CultureInfo.InvariantCulture, $"    var bounds = Bounds.Parse(\"{bounds}\");");
        text.AppendLine(CultureInfo.InvariantCulture, $"    var run = new Replay(new Model(bounds), aliceGreater: {(findings.AliceGreater ? "true" : "false")}).Do(");
        for (var i = 0; i < findings.Path.Count; i++)
        {
            var choice = findings.Path[i];
            text.AppendLine(CultureInfo.InvariantCulture,
                $"        new(ChoiceKind.{choice.Kind}, {choice.Device}, {choice.Argument}, {choice.Second}){(i + 1 < findings.Path.Count ? "," : ");")}");
        }

        text.AppendLine("    run.Violation.Should().BeNull();");
        text.AppendLine("}");
        return text.ToString();
    }
}
