using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;

namespace Calls.Tests.Ends;

public class EndReasonTests
{
    [Fact]
    public void Every_reason_has_its_row_in_the_order_of_the_enum_and_a_key_of_its_own()
    {
        var reasons = Enum.GetValues<CallEndReason>();
        reasons.Select(reason => reason.Info().Reason).Should().Equal(reasons);
        reasons.Select(reason => reason.ToKey()).Should().OnlyHaveUniqueItems().And.OnlyContain(key => key.All(letter => char.IsAsciiLetterLower(letter) || letter == '-'));
        ((CallEndReason)reasons.Length).Invoking(reason => reason.Info()).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_document_says_what_the_table_says()
        => File.ReadAllText(Document()).ReplaceLineEndings("\n").Should().Contain(Draw(), "docs/end-reasons.md must hold exactly this:\n" + Draw());

    private static string Draw()
    {
        var text = new StringBuilder("| key | state | again? | on the wire | when |\n|---|---|---|---|---|\n");
        foreach (var reason in Enum.GetValues<CallEndReason>())
        {
            var info = reason.Info();
            var wire = info.WireCode is null ? "–" : $"`{info.WireCode}`";
            text.Append(CultureInfo.InvariantCulture, $"| `{info.Key}` | {(info.IsFailure ? "Failed" : "Ended")} | {(info.CanRetry ? "yes" : "no")} | {wire} | {Summary(reason)} |\n");
        }

        return text.ToString();
    }

    /// <summary>The first sentence of the reason's own documentation.</summary>
    private static string Summary(CallEndReason reason)
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(CallEnd).Assembly.Location, ".xml"));
        var summary = documentation.Descendants("member").Single(member => (string?)member.Attribute("name") == $"F:Calls.CallEndReason.{reason}")
            .Element("summary")!;
        return string.Concat(summary.Nodes().Select(node => node is XElement { Name.LocalName: "see" } see
            ? $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`"
            : node.ToString())).Trim();
    }

    private static string Document([CallerFilePath] string here = "")
        => Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/end-reasons.md");
}
