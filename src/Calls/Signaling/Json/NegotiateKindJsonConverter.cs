using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Signaling;

/// <summary>Reads and writes <c>offer</c>, <c>answer</c> and <c>reject</c> to the letter: no number, no list, no other case.</summary>
internal sealed class NegotiateKindJsonConverter : JsonConverter<NegotiateKind>
{
    public override NegotiateKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueTextEquals("offer") => NegotiateKind.Offer,
            JsonTokenType.String when reader.ValueTextEquals("answer") => NegotiateKind.Answer,
            JsonTokenType.String when reader.ValueTextEquals("reject") => NegotiateKind.Reject,
            _ => throw new JsonException("kind is 'offer', 'answer' or 'reject'."),
        };

    public override void Write(Utf8JsonWriter writer, NegotiateKind value, JsonSerializerOptions options)
        => writer.WriteStringValue(value switch
        {
            NegotiateKind.Offer => "offer",
            NegotiateKind.Answer => "answer",
            NegotiateKind.Reject => "reject",
            _ => throw new JsonException("kind is 'offer', 'answer' or 'reject'."),
        });
}
