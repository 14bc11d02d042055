using System.Text.Json.Nodes;

namespace Calls.Protocol.Tests;

/// <summary>Each example is a message, and says nothing that the code does not know.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Types => new(ProtocolDocument.Parts);

    [Theory]
    [MemberData(nameof(Types))]
    public void An_example_is_read_into_the_message_of_its_heading_and_written_as_it_stands(string type)
    {
        var example = ProtocolDocument.ExampleOf(type);

        var message = Reading.Message(example);

        message.Should().BeOfType(Reading.Message(Samples.Wires.Single(wire => wire.Contains($"\"{type}\"", StringComparison.Ordinal))).GetType());
        var written = JsonNode.Parse(SignalingJson.Serialize(message))!;
        JsonNode.DeepEquals(written, JsonNode.Parse(example)).Should().BeTrue($"{example} is written as {written.ToJsonString()}");
    }

    [Fact]
    public void Every_example_stands_under_its_type()
        => ProtocolDocument.Blocks("json").Should().Equal(ProtocolDocument.Parts.Select(ProtocolDocument.ExampleOf));
}
