using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Calls.Signaling;

/// <summary>Reads candidates as <see cref="CallMessageReader"/> reads messages: what is known, once.</summary>
internal static class IceCandidateReader
{
    /// <summary>Reads the array of candidates.</summary>
    public static bool TryRead(ref Utf8JsonReader json, [NotNullWhen(true)] out IceCandidate[]? candidates)
    {
        candidates = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray || !json.Read())
            return false;

        // Most come one at a time.
        if (json.TokenType == JsonTokenType.EndArray)
        {
            candidates = [];
            return true;
        }

        if (!TryReadOne(ref json, out var first) || !json.Read())
            return false;
        if (json.TokenType == JsonTokenType.EndArray)
        {
            candidates = [first];
            return true;
        }

        List<IceCandidate> all = [first];
        do
        {
            if (!TryReadOne(ref json, out var next))
                return false;
            all.Add(next);
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray);

        candidates = [.. all];
        return true;
    }

    private static bool TryReadOne(ref Utf8JsonReader json, [NotNullWhen(true)] out IceCandidate? read)
    {
        read = null;
        if (json.TokenType != JsonTokenType.StartObject)
            return false;
        string? candidate = null, mid = null, fragment = null;
        int? line = null;
        bool hasMid = false, hasLine = false, hasFragment = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRead = !json.ValueIsEscaped && json switch
            {
                _ when json.ValueTextEquals("candidate"u8) => candidate is null && JsonFields.TryReadString(ref json, out candidate),
                _ when json.ValueTextEquals("sdpMid"u8) => !hasMid && (hasMid = JsonFields.TryReadStringOrNull(ref json, out mid)),
                _ when json.ValueTextEquals("sdpMLineIndex"u8) => !hasLine && (hasLine = JsonFields.TryReadNumberOrNull(ref json, out line)),
                _ when json.ValueTextEquals("usernameFragment"u8) => !hasFragment && (hasFragment = JsonFields.TryReadStringOrNull(ref json, out fragment)),
                _ => false,
            };
            if (!isRead)
                return false;
        }

        if (json.TokenType != JsonTokenType.EndObject || candidate is null)
            return false;
        read = new IceCandidate(candidate, mid, line, fragment);
        return true;
    }
}
