using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Calls.Signaling.Server.Orleans;

/// <summary>A call id as its text.</summary>
internal sealed class CallIdConverter : JsonConverter<CallId>
{
    public override CallId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => CallId.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, CallId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>A message as the protocol writes it.</summary>
internal sealed class MessageConverter<T> : JsonConverter<T>
    where T : CallMessage
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return SignalingJson.TryParse(JsonMarshal.GetRawUtf8Value(json), out var message, out var error) && message is T read
            ? read
            : throw new JsonException(error);
    }

    // As bytes: the depth that the protocol allows counts from the message, not from the document around it.
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        => writer.WriteRawValue(SignalingJson.Serialize(value), skipInputValidation: true);
}

/// <summary>A list as an array.</summary>
internal sealed class ValueArrayConverter<T> : JsonConverter<ValueArray<T>>
{
    public override ValueArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ValueArray<T> items = default;
        var item = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items = items.Add(JsonSerializer.Deserialize(ref reader, item)!);
        return items;
    }

    public override void Write(Utf8JsonWriter writer, ValueArray<T> value, JsonSerializerOptions options)
    {
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        writer.WriteStartArray();
        foreach (var item in value)
            JsonSerializer.Serialize(writer, item, type);
        writer.WriteEndArray();
    }
}
