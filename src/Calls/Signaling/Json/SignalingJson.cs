using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

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
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!CallMessageWriter.TryWrite(writer, message))
            JsonSerializer.Serialize(writer, message, SignalingJsonContext.Default.SignalingMessage);
    }

    /// <summary>Writes a party, as messages name it.</summary>
    internal static byte[] Serialize(Party party) => JsonSerializer.SerializeToUtf8Bytes(party, SignalingJsonContext.Default.Party);

    /// <summary>Reads one message, or says in one sentence, which repeats nothing of the text, why it is none. Never throws, whatever the bytes.</summary>
    /// <remarks>A known field that is there twice makes the text malformed: two readers could take a different one.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SignalingMessage? message, [NotNullWhen(false)] out string? error)
    {
        message = null;
        try
        {
            // Values that are passed over are not decoded, and would be let through.
            var read = Utf8.IsValid(utf8)
                ? CallMessageReader.Read(utf8) ?? JsonSerializer.Deserialize(utf8, SignalingJsonContext.Default.SignalingMessage)
                : null;
            error = read is null ? "The text is no JSON object in UTF-8." : WireRules.Broken(read);
            message = error is null ? read : null;
            return message is not null;
        }
        catch (JsonException exception)
        {
            error = $"The text is not a message of this protocol, as seen at byte {exception.BytePositionInLine} of line {exception.LineNumber}.";
        }
        catch (Exception exception) when (exception is NotSupportedException or FormatException or InvalidOperationException)
        {
            error = "The text is not a message of this protocol: its type is missing, or a field cannot be read.";
        }

        return false;
    }
}
