using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Calls.Signaling;

/// <summary>Messages to and from UTF-8 JSON. Reads what a hostile peer may send; unknown fields are passed over.</summary>
public static class SignalingJson
{
    /// <summary>The deepest nesting that is read; a deeper text is malformed.</summary>
    public const int MaxDepth = 8;

    /// <summary>Writes one message.</summary>
    public static byte[] Serialize(SignalingMessage message)
        => JsonSerializer.SerializeToUtf8Bytes(message, SignalingJsonContext.Default.SignalingMessage);

    /// <summary>Writes one message into <paramref name="writer"/>.</summary>
    public static void Serialize(Utf8JsonWriter writer, SignalingMessage message)
        => JsonSerializer.Serialize(writer, message, SignalingJsonContext.Default.SignalingMessage);

    /// <summary>Reads one message, or says in one sentence why it is none. Never throws, whatever the bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SignalingMessage? message, [NotNullWhen(false)] out string? error)
    {
        try
        {
            message = JsonSerializer.Deserialize(utf8, SignalingJsonContext.Default.SignalingMessage);
            error = message is null ? "The text is null, not a message." : null;
            return message is not null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or FormatException or InvalidOperationException)
        {
            message = null;
            error = "The text is not a message of this protocol: " + exception.Message;
            return false;
        }
    }
}
