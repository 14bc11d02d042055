using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Calls.Signaling.Server;

/// <summary>
/// A first look at what a client sends that has sent a malformed text before. The reader of messages says no by an exception, which costs a server more than the text costs who sends it;
/// here most of what it would refuse is found without one. What is let through, that reader decides.
/// </summary>
internal static class SuspectText
{
    // As many fields as there are bits to note them down; no type has half as many.
    private const int MaxFields = 64;
    private static readonly (string Name, JsonTypeInfo Fields)[] Types =
    [
        .. SignalingJsonContext.Default.SignalingMessage.PolymorphismOptions!.DerivedTypes
            .Select(type => ((string)type.TypeDiscriminator!, SignalingJsonContext.Default.GetTypeInfo(type.DerivedType)!)),
    ];

    /// <summary>Whether the reader would certainly refuse it.</summary>
    public static bool IsHopeless(ReadOnlySpan<byte> utf8)
    {
        if (!JsonText.IsObject(utf8, SignalingJson.MaxDepth, out var hasEscapedNames))
            return true;
        // Nobody escapes what need not be.
        if (hasEscapedNames)
            return false;
        Utf8JsonReader reader = new(utf8);
        reader.Read();
        return !TryFindType(reader, out var fields) || (fields is not null && !FieldsFit(ref reader, fields));
    }

    /// <summary>What the fields of the message are; null: not known. False: it is of no type that there is.</summary>
    private static bool TryFindType(Utf8JsonReader reader, out JsonTypeInfo? fields)
    {
        fields = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type");
            reader.Read();
            if (!isType)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.String)
                return false;
            if (reader.ValueIsEscaped)
                return true;
            foreach (var (name, known) in Types)
            {
                if (reader.ValueTextEquals(name))
                    fields = known;
            }

            return fields is not null;
        }

        return false;
    }

    private static bool FieldsFit(ref Utf8JsonReader reader, JsonTypeInfo type)
    {
        var fields = type.Properties;
        var seen = 0UL;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = IndexOf(reader, fields);
            reader.Read();
            if (at < 0)
            {
                reader.Skip();
                continue;
            }

            // A field that is known may be there once.
            if ((seen & (1UL << at)) != 0 || !Fits(ref reader, fields[at].PropertyType))
                return false;
            seen |= 1UL << at;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].IsRequired && (seen & (1UL << i)) == 0)
                return false;
        }

        return true;
    }

    private static bool Fits(ref Utf8JsonReader reader, Type type)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool))
            return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
        if (type == typeof(int))
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _);
        if (type == typeof(long))
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out _);
        if (type == typeof(double))
            return reader.TokenType == JsonTokenType.Number;
        if (type == typeof(string) || type.IsEnum)
            return reader.TokenType == JsonTokenType.String;
        if (type == typeof(CallId))
            return reader.TokenType == JsonTokenType.String && (reader.ValueIsEscaped || CandidatesText.IsWireName(reader.ValueSpan));
        return FitsInside(ref reader, SignalingJsonContext.Default.GetTypeInfo(type));
    }

    private static bool FitsInside(ref Utf8JsonReader reader, JsonTypeInfo? type)
    {
        // A field that is never on the wire.
        if (type is null)
            return reader.TrySkip();
        if (type.Kind != JsonTypeInfoKind.Enumerable)
            return reader.TokenType == JsonTokenType.StartObject && FieldsFit(ref reader, type);
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!Fits(ref reader, type.ElementType!))
                return false;
        }

        return true;
    }

    private static int IndexOf(in Utf8JsonReader reader, IList<JsonPropertyInfo> fields)
    {
        for (var i = 0; i < fields.Count && i < MaxFields; i++)
        {
            if (reader.ValueTextEquals(fields[i].Name))
                return i;
        }

        return -1;
    }
}
