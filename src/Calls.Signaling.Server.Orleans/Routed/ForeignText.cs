using System.Text.Json;

namespace Calls.Signaling.Server.Orleans;

/// <summary>A message as another node wrote it, which may be of a newer version.</summary>
internal static class ForeignText
{
    /// <summary>The message; null: this version does not know it.</summary>
    public static CallMessage? Read(byte[] json) => SignalingJson.TryParse(json, out var message, out _) ? message as CallMessage : null;

    /// <summary>The number of a message that this version does not know; null: it has none.</summary>
    public static int? SeqOf(byte[] json)
    {
        try
        {
            using var read = JsonDocument.Parse(json);
            return read.RootElement.ValueKind == JsonValueKind.Object && read.RootElement.TryGetProperty("seq", out var seq)
                && seq.ValueKind == JsonValueKind.Number && seq.TryGetInt32(out var number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
