using System.Text;
using System.Text.Json;

namespace Calls.Protocol.Tests;

/// <summary>What a transport's own serializer makes of a message.</summary>
public sealed class SignalingArgumentTests
{
    private static readonly EndMessage End = new() { CallId = CallId.Parse("c1") };

    [Fact]
    public void An_object_bytes_and_a_string_are_the_same_message()
    {
        var text = Encoding.UTF8.GetString(SignalingJson.Serialize(End));
        object[] arguments = [SignalingArgument.Of(End, isBinary: false), SignalingArgument.Of(End, isBinary: true), text, JsonSerializer.SerializeToElement(text)];
        foreach (var argument in arguments)
        {
            SignalingArgument.TryGetUtf8(argument, out var utf8).Should().BeTrue();
            SignalingJson.TryParse(utf8, out var message, out _).Should().BeTrue();
            message.Should().BeEquivalentTo(End);
        }
    }

    [Fact]
    public void X8_half_of_a_surrogate_pair_is_no_text_and_no_exception()
        => SignalingArgument.TryGetUtf8(JsonElement.Parse("\"\\ud800\""u8), out _).Should().BeFalse();
}
