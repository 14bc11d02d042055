using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Signaling.Server;

/// <summary>A message as SignalR's JSON protocol gets it: text that is written as it is, the very object of the protocol.</summary>
/// <param name="utf8">The JSON.</param>
[JsonConverter(typeof(Converter))]
internal sealed class HubText(ReadOnlyMemory<byte> utf8)
{
    private ReadOnlyMemory<byte> Utf8 => utf8;

    /// <summary>Writes only: what clients send is a JSON value.</summary>
    internal sealed class Converter : JsonConverter<HubText>
    {
        public override HubText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, HubText value, JsonSerializerOptions options)
            => writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
