using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Calls.Signaling.Server.Orleans;

/// <summary>What a grain storage sees: a text of our own, so that it is the same whatever serializer the storage has, and so that nodes of different
/// versions read each other: unknown fields are passed over, and absent ones have their defaults.</summary>
[GenerateSerializer, Alias("calls.stored")]
internal sealed class StoredDocument
{
    /// <summary>The JSON; null where nothing is stored.</summary>
    [Id(0)]
    public string? Document { get; set; }

    public static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    public static T? Read<T>(string? document, JsonTypeInfo<T> type)
        where T : class
        => document is null ? null : JsonSerializer.Deserialize(document, type);
}
