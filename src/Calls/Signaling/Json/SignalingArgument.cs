using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Calls.Signaling;

/// <summary>Messages as the argument of a method call, for transports that bring a serializer of their own, as SignalR does: a serializer of JSON gets a
/// <see cref="JsonElement"/> and writes the very object of the protocol; a binary one gets the same JSON as UTF-8 bytes.</summary>
public static class SignalingArgument
{
    /// <summary>The argument for a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isBinary">Whether the transport's serializer is a binary one.</param>
    public static object Of(SignalingMessage message, bool isBinary)
    {
        var utf8 = SignalingJson.Serialize(message);
        return isBinary ? utf8 : JsonElement.Parse(utf8);
    }

    /// <summary>The JSON of an argument that arrived: a <see cref="JsonElement"/>, UTF-8 bytes, or a string. Not looked into: it may be no message.</summary>
    public static bool TryGetUtf8(object? argument, out ReadOnlySpan<byte> utf8)
    {
        utf8 = argument switch
        {
            JsonElement { ValueKind: not JsonValueKind.Undefined } json => JsonMarshal.GetRawUtf8Value(json),
            byte[] bytes => bytes,
            string text => Encoding.UTF8.GetBytes(text),
            _ => default,
        };
        return argument is byte[] or string or JsonElement { ValueKind: not JsonValueKind.Undefined };
    }
}
