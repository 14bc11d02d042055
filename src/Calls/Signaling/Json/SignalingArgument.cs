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
        switch (argument)
        {
            case JsonElement { ValueKind: JsonValueKind.String } json:
                return TryGetText(json, out utf8);
            case JsonElement { ValueKind: not JsonValueKind.Undefined } json:
                utf8 = JsonMarshal.GetRawUtf8Value(json);
                return true;
            case byte[] bytes:
                utf8 = bytes;
                return true;
            case string text:
                utf8 = Encoding.UTF8.GetBytes(text);
                return true;
            default:
                utf8 = default;
                return false;
        }
    }

    // What JSON escapes may be half of a surrogate pair, which is no text.
    private static bool TryGetText(JsonElement json, out ReadOnlySpan<byte> utf8)
    {
        try
        {
            utf8 = Encoding.UTF8.GetBytes(json.GetString()!);
            return true;
        }
        catch (InvalidOperationException)
        {
            utf8 = default;
            return false;
        }
    }
}
