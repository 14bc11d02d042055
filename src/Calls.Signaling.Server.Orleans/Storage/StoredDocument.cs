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

    /// <exception cref="UnreadableException">It is none that this version can read.</exception>
    public static T? Read<T>(string? document, JsonTypeInfo<T> type)
        where T : class
    {
        if (document is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize(document, type);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw new UnreadableException(typeof(T).Name, exception);
        }
    }
}

/// <summary>What is stored is in a form that this version does not know.</summary>
internal sealed class UnreadableException(string what, Exception? cause = null) : Exception($"No {what} of this version.", cause);
