using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Calls.Protocol.Tests;

/// <summary>The words of the protocol: each is in the document, with what the code says of it, and none that the code does not know.</summary>
public sealed partial class WordTests
{
    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(SignalingJson).Assembly.Location, ".xml"));

    [Fact]
    public void Every_type_is_in_the_table_with_its_direction_and_has_a_part_of_its_own()
    {
        ProtocolDocument.Table("| type |").Select(row => (ProtocolDocument.Code(row[0]), row[1]))
            .Should().BeEquivalentTo(Constants(typeof(MessageTypes)).Select(type => (type.Value, Direction(type.Summary))));
        ProtocolDocument.Parts.Should().BeEquivalentTo(Constants(typeof(MessageTypes)).Select(type => type.Value));
        Types().Matches(ProtocolDocument.Text).Select(match => match.Value).Distinct()
            .Should().BeEquivalentTo(Constants(typeof(MessageTypes)).Select(type => type.Value), "no other type is named anywhere");
    }

    [Fact]
    public void Every_error_code_is_in_the_table_with_what_becomes_of_the_connection()
        => ProtocolDocument.Table("| code |").Select(row => (ProtocolDocument.Code(row[0]), row[1]))
            .Should().BeEquivalentTo(Constants(typeof(ErrorCodes)).Select(code => (code.Value, Closes(code.Summary) ? "closes" : "stays")));

    [Fact]
    public void Every_reason_of_an_end_is_in_its_table()
        => ProtocolDocument.Table("| reason |").Select(row => ProtocolDocument.Code(row[0])).Should().BeEquivalentTo(Constants(typeof(EndReasons)).Select(reason => reason.Value));

    [Fact]
    public void Every_reason_of_a_refusal_is_said_where_it_may_stand()
    {
        var reasons = Constants(typeof(RejectReasons)).ToArray();
        Words("call:rejected").Should().BeEquivalentTo(reasons.Select(reason => reason.Value));
        Words("call:reject").Should().BeEquivalentTo(
            reasons.Where(reason => !reason.Summary.Contains("only in", StringComparison.Ordinal)).Select(reason => reason.Value));

        static IEnumerable<string> Words(string type) => Code().Matches(ProtocolDocument.FieldsOf(type).Single()[3]).Select(match => match.Groups[1].Value);
    }

    [Fact]
    public void The_version_and_what_a_negotiation_and_a_picture_may_be_are_said()
    {
        ProtocolDocument.Text.Should().Contain($"The version is {new WelcomeMessage().Protocol},");
        Words("call:negotiate", "kind").Should().BeEquivalentTo(Enum.GetNames<NegotiateKind>().Select(name => name.ToLowerInvariant()));
        Words("call:media", "video").Distinct().Should().BeEquivalentTo(Enum.GetNames<VideoSource>().Select(name => name.ToLowerInvariant()));

        static IEnumerable<string> Words(string type, string field)
            => Code().Matches(ProtocolDocument.FieldsOf(type).Single(row => row[0] == $"`{field}`")[3]).Select(match => match.Groups[1].Value);
    }

    private static IEnumerable<(string Value, string Summary)> Constants(Type type)
        => type.GetFields().Select(field => ((string)field.GetRawConstantValue()!, SummaryOf($"F:{type.FullName}.{field.Name}")));

    private static string SummaryOf(string member)
        => Documentation.Descendants("member").Single(one => (string?)one.Attribute("name") == member).Element("summary")!.Value;

    private static bool Closes(string summary) => summary.Contains("connection closes", StringComparison.OrdinalIgnoreCase);

    private static string Direction(string summary) => summary.Split(':')[0] switch
    {
        "Client to server" => "client → server",
        "Server to client" => "server → client",
        "Both ways" => "both",
        var other => other,
    };

    [GeneratedRegex("call:[a-z-]+")]
    private static partial Regex Types();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Code();
}
