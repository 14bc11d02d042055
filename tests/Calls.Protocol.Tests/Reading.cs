using System.Text;

namespace Calls.Protocol.Tests;

internal static class Reading
{
    public static SignalingMessage Message(string json)
    {
        SignalingJson.TryParse(Encoding.UTF8.GetBytes(json), out var message, out var error).Should().BeTrue(error);
        error.Should().BeNull();
        return message!;
    }

    public static T Message<T>(string json)
        where T : SignalingMessage
        => Message(json).Should().BeOfType<T>().Subject;

    public static string Error(string json) => Error(Encoding.UTF8.GetBytes(json));

    public static string Error(ReadOnlySpan<byte> utf8)
    {
        SignalingJson.TryParse(utf8, out var message, out var error).Should().BeFalse();
        message.Should().BeNull();
        return error.Should().NotBeNullOrWhiteSpace().And.Subject;
    }

    public static void BeSame(SignalingMessage message, SignalingMessage expected)
    {
        message.Should().BeOfType(expected.GetType());
        message.Should().BeEquivalentTo((object)expected, options => options.RespectingRuntimeTypes());
    }
}
