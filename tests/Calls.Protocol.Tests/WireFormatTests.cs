using System.Text;
using System.Text.Json.Nodes;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Calls.Protocol.Tests;

public sealed class WireFormatTests
{
    public static TheoryData<string> Types => Samples.Types;

    [Fact]
    public void Every_message_that_can_be_read_has_a_sample()
        => typeof(SignalingMessage).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(type => type.DerivedType)
            .Should().BeEquivalentTo(Samples.All.Select(sample => sample.Message.GetType()));

    [Fact]
    public void The_names_are_those_of_the_protocol()
        => Samples.All.Select(sample => (string)JsonNode.Parse(sample.Wire)!["type"]!).Should().BeEquivalentTo(
            typeof(MessageTypes).GetFields().Select(field => (string)field.GetRawConstantValue()!));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_is_written_as_the_protocol_says(string type)
    {
        var sample = Samples.Of(type);

        var written = JsonNode.Parse(SignalingJson.Serialize(sample.Message))!;

        JsonNode.DeepEquals(written, JsonNode.Parse(sample.Wire)).Should().BeTrue("{0} should be {1}", written.ToJsonString(), sample.Wire);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_text_of_the_protocol_is_read_as_the_message(string type)
        => Reading.BeSame(Reading.Message(Samples.Of(type).Wire), Samples.Of(type).Message);

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_survives_the_round_trip(string type)
    {
        var sample = Samples.Of(type);

        Reading.BeSame(Reading.Message(Encoding.UTF8.GetString(SignalingJson.Serialize(sample.Message))), sample.Message);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_type_may_stand_last(string type)
    {
        var json = JsonNode.Parse(Samples.Of(type).Wire)!.AsObject();
        var name = json["type"]!.DeepClone();
        json.Remove("type");
        json.Add("type", name);

        json.ToJsonString().Should().EndWith($"\"type\":{name.ToJsonString()}}}");
        Reading.BeSame(Reading.Message(json.ToJsonString()), Samples.Of(type).Message);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void B22_unknown_fields_are_passed_over_at_every_level(string type)
    {
        var json = JsonNode.Parse(Samples.Of(type).Wire)!;
        AddUnknown(json);

        Reading.BeSame(Reading.Message(json.ToJsonString()), Samples.Of(type).Message);

        static void AddUnknown(JsonNode? node)
        {
            if (node is JsonArray array)
            {
                foreach (var item in array)
                    AddUnknown(item);
            }
            else if (node is JsonObject known)
            {
                foreach (var (_, value) in known.ToArray())
                    AddUnknown(value);
                known.Add("x-new", new JsonObject { ["a"] = new JsonArray(1, "b", null, true) });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fields_that_are_not_set_are_not_written(string type)
        => Encoding.UTF8.GetString(SignalingJson.Serialize(
                Samples.Of(type).Message is CallMessage call ? call with { Seq = null, From = null } : new ErrorMessage { Code = "x" }))
            .Should().NotContain("null").And.NotContain("\"seq\"").And.NotContain("\"from\"");
}
