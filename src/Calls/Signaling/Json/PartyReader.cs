using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Calls.Signaling;

/// <summary>Reads a party as <see cref="CallMessageReader"/> reads messages: what is known, once.</summary>
internal static class PartyReader
{
    public static bool TryRead(ref Utf8JsonReader json, [NotNullWhen(true)] out Party? party)
    {
        party = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return false;
        string? userId = null, deviceId = null, displayName = null;
        var hasName = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRead = !json.ValueIsEscaped && json switch
            {
                _ when json.ValueTextEquals("userId"u8) => userId is null && JsonFields.TryReadString(ref json, out userId),
                _ when json.ValueTextEquals("deviceId"u8) => deviceId is null && JsonFields.TryReadString(ref json, out deviceId),
                _ when json.ValueTextEquals("displayName"u8) => !hasName && (hasName = JsonFields.TryReadStringOrNull(ref json, out displayName)),
                _ => false,
            };
            if (!isRead)
                return false;
        }

        if (json.TokenType != JsonTokenType.EndObject || userId is null || deviceId is null)
            return false;
        party = new Party(userId, deviceId, displayName);
        return true;
    }
}
