using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Calls.Protocol.Tests;

/// <summary>The tables of fields: their names and kinds are the code's; what is required, and what may be null, the reader itself says.</summary>
public sealed class FieldTests
{
    private static readonly string[] OfEveryCall = ["callId", "seq", "from"];

    public static TheoryData<string> Types => new(ProtocolDocument.Parts);

    public static TheoryData<string, Type, string, string> Objects => new()
    {
        { "**party**", typeof(Party), "call:offer", "from" },
        { "**candidate**", typeof(IceCandidate), "call:ice-candidate", "candidates" },
        { "**ICE server**", typeof(IceServer), "call:welcome", "iceServers" },
        { "**progress**", typeof(CallProgress), "call:resume", "calls" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_has_the_fields_of_its_table_and_no_other(string type)
    {
        var message = Reading.Message(ProtocolDocument.ExampleOf(type)).GetType();
        var own = Of(message).Where(field => !message.IsAssignableTo(typeof(CallMessage)) || !OfEveryCall.Contains(field.Name));
        Names(ProtocolDocument.FieldsOf(type)).Should().BeEquivalentTo(own);
        foreach (var row in ProtocolDocument.FieldsOf(type))
            Holds(row, type, example => example);
    }

    [Fact]
    public void Every_message_of_a_call_has_the_common_fields()
    {
        Names(ProtocolDocument.FieldsAfter("Every message of a call")).Should().BeEquivalentTo(Of(typeof(RingingMessage)));
        foreach (var row in ProtocolDocument.FieldsAfter("Every message of a call"))
            Holds(row, "call:ringing", example => example);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void An_object_has_the_fields_of_its_table_and_no_other(string name, Type type, string message, string field)
    {
        Names(ProtocolDocument.FieldsAfter(name)).Should().BeEquivalentTo(Of(type));
        foreach (var row in ProtocolDocument.FieldsAfter(name))
            Holds(row, message, example => example[field] is JsonArray list ? list[0]!.AsObject() : example[field]!.AsObject());
    }

    private static void Holds(string[] row, string type, Func<JsonObject, JsonObject> find)
    {
        var field = ProtocolDocument.Code(row[0]);
        row[2].Should().BeOneOf("required", "optional", "optional or null");
        IsRead(example => example.Remove(field)).Should().Be(row[2] != "required", $"{type}: {field} is {row[2]}");
        IsRead(example => example[field] = null).Should().Be(row[2].EndsWith("or null", StringComparison.Ordinal), $"{type}: {field} is {row[2]}");

        bool IsRead(Action<JsonObject> change)
        {
            var example = JsonNode.Parse(ProtocolDocument.ExampleOf(type))!.AsObject();
            change(find(example));
            return SignalingJson.TryParse(Encoding.UTF8.GetBytes(example.ToJsonString()), out _, out _);
        }
    }

    private static IEnumerable<(string Name, string Kind)> Names(string[][] rows) => rows.Select(row => (ProtocolDocument.Code(row[0]), row[1]));

    private static IEnumerable<(string Name, string Kind)> Of(Type type)
        => SignalingJsonContext.Default.GetTypeInfo(type)!.Properties.Where(IsOnTheWire).Select(field => (field.Name, Kind(field.PropertyType)));

    private static bool IsOnTheWire(JsonPropertyInfo field) => field.Get is not null || field.Set is not null;

    private static string Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var id when id == typeof(CallId) => "id",
        var text when text == typeof(string) || text.IsEnum => "string",
        var integer when integer == typeof(int) || integer == typeof(long) => "integer",
        var number when number == typeof(double) => "number",
        var flag when flag == typeof(bool) => "boolean",
        var party when party == typeof(Party) => "party",
        var candidate when candidate == typeof(IceCandidate) => "candidate",
        var server when server == typeof(IceServer) => "ICE server",
        var progress when progress == typeof(CallProgress) => "progress",
        { IsGenericType: true } list => $"[{Kind(list.GetGenericArguments()[0])}]",
        var other => other.Name,
    };
}
