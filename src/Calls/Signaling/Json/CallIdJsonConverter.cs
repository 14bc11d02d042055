using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Signaling;

internal sealed class CallIdJsonConverter : JsonConverter<CallId>
{
    public override CallId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String && CallId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("callId is not 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'.");

    public override void Write(Utf8JsonWriter writer, CallId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
