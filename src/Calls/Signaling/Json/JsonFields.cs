using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Calls.Signaling;

/// <summary>Reads the value after a field's name, if it is of the kind that the field has.</summary>
internal static class JsonFields
{
    public static bool TryReadString(ref Utf8JsonReader json, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!TryReadToText(ref json))
            return false;
        value = json.GetString()!;
        return true;
    }

    /// <summary>A string that stays as it came.</summary>
    public static bool TryReadText(ref Utf8JsonReader json, [NotNullWhen(true)] out WireText? value)
    {
        value = null;
        if (!TryReadToText(ref json))
            return false;
        value = WireText.Of(ref json);
        return true;
    }

    /// <summary>A string, or null that is written out.</summary>
    public static bool TryReadStringOrNull(ref Utf8JsonReader json, out string? value)
    {
        value = null;
        if (!json.Read() || MayBeNoText(json))
            return false;
        value = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    public static bool TryReadNumber(ref Utf8JsonReader json, [NotNullWhen(true)] out int? value)
    {
        value = null;
        if (!json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var number))
            return false;
        value = number;
        return true;
    }

    public static bool TryReadNumberOrNull(ref Utf8JsonReader json, out int? value)
    {
        value = null;
        if (!json.Read())
            return false;
        if (json.TokenType == JsonTokenType.Null)
            return true;
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var number))
            return false;
        value = number;
        return true;
    }

    public static bool TryReadFlag(ref Utf8JsonReader json, [NotNullWhen(true)] out bool? value)
    {
        value = null;
        if (!json.Read() || json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            return false;
        value = json.TokenType == JsonTokenType.True;
        return true;
    }

    private static bool TryReadToText(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.String && !MayBeNoText(json);

    /// <summary>Whether half of a surrogate pair may be in it, which is no text, and is told by an exception.</summary>
    private static bool MayBeNoText(in Utf8JsonReader json)
        => json is { TokenType: JsonTokenType.String, ValueIsEscaped: true } && (json.ValueSpan.IndexOf("\\ud"u8) >= 0 || json.ValueSpan.IndexOf("\\uD"u8) >= 0);
}
