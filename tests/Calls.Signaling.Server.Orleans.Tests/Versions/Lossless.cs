using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>Whatever stood in a text stands there still once it was read and is written again; more may have come.</summary>
internal static class Lossless
{
    public static void Check(string path, string text)
    {
        var again = path.Split('/') switch
        {
            ["calls-user", _, "user"] => Again(text, StorageJson.Default.UserDocument),
            ["calls-call", _, "call"] => Again(text, StorageJson.Default.CallDocument),
            ["calls-call", _, ['k', 'e', 'p', 't', ..]] => Again(text, StorageJson.Default.KeptDocument),
            _ => throw new ArgumentException($"Nothing that is known is stored at {path}.", nameof(path)),
        };
        Missing(JsonNode.Parse(text), JsonNode.Parse(again), path).Should().BeEmpty();
    }

    private static string Again<T>(string text, JsonTypeInfo<T> type)
        where T : class
        => StoredDocument.Write(StoredDocument.Read(text, type)!, type);

    private static IEnumerable<string> Missing(JsonNode? before, JsonNode? now, string path) => (before, now) switch
    {
        (JsonObject was, JsonObject has) => was.SelectMany(field => Missing(field.Value, has[field.Key], $"{path}.{field.Key}")),
        (JsonArray was, JsonArray has) when was.Count == has.Count => was.SelectMany((item, i) => Missing(item, has[i], $"{path}[{i}]")),
        _ => JsonNode.DeepEquals(before, now) ? [] : [path],
    };
}
