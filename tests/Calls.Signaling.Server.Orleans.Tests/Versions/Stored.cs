using System.Text;
using StackExchange.Redis;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>What servers have in Redis at one moment of a call: the text of each state by its path there, which is that of a file in <c>Versions/Stored</c> too.</summary>
internal sealed record Stored(IReadOnlyDictionary<string, string> Texts)
{
    public const string Call = "calls-call/call-1/call";
    private const string Prefix = "calls/state/";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Versions", "Stored");

    /// <summary>The versions of which something is kept, by their days.</summary>
    public static IEnumerable<string> Versions => Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>When the call stood still, by the clock of those who stored it.</summary>
    public TimeSpan At => StoredDocument.Read(Texts[Call], StorageJson.Default.CallDocument)!.At;

    public static Stored By(string version, string moment)
    {
        var folder = Path.Combine(Folder, version, moment);
        return new(Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToDictionary(file => Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace('\\', '/'), File.ReadAllText));
    }

    public static async Task<Stored> InAsync(IConnectionMultiplexer redis)
    {
        Dictionary<string, string> texts = [];
        await foreach (var key in redis.GetServers().Single().KeysAsync(pattern: $"{Prefix}*"))
        {
            if (await redis.GetDatabase().HashGetAsync(key, "data") is { IsNull: false } text)
                texts.Add(key.ToString()[Prefix.Length..], text!);
        }

        return new(texts);
    }

    public async Task PutAsync(IConnectionMultiplexer redis)
    {
        foreach (var (path, text) in Texts)
            await redis.GetDatabase().HashSetAsync(Prefix + path, [new("data", Encoding.UTF8.GetBytes(text)), new("etag", "1")]);
    }

    public async Task SaveAsync(string folder)
    {
        foreach (var (path, text) in Texts)
        {
            var file = new FileInfo(Path.Combine(folder, $"{path}.json"));
            file.Directory!.Create();
            await File.WriteAllTextAsync(file.FullName, text);
        }
    }
}
