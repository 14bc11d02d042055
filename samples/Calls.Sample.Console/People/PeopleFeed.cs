using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Calls.Sample.Console.Wiring;

namespace Calls.Sample.Console.People;

/// <summary>Somebody who is online.</summary>
/// <param name="User">The user id, which is also the chat id of a call to him.</param>
/// <param name="Name">His name.</param>
internal sealed record Person(string User, string Name);

/// <summary>Who is online, as the web sample's server tells it by server-sent events. Connects again by itself.</summary>
internal sealed class PeopleFeed(Account account, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The others who are online: those of now, then every change.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Person>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var lists = ReadAsync(http, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(lists))
                yield return [.. lists.Current.Where(person => person.User != account.User)];
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async IAsyncEnumerable<List<Person>> ReadAsync(HttpClient http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await http.GetStreamAsync(account.People, cancellationToken);
        await foreach (var item in SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize(data, PeopleJson.Default.ListPerson) ?? []).EnumerateAsync(cancellationToken))
            yield return item.Data;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<List<Person>> lists)
    {
        try
        {
            return await lists.MoveNextAsync();
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or JsonException)
        {
            // A server without the list, or one that is away: the phone works without.
            return false;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<Person>))]
internal sealed partial class PeopleJson : JsonSerializerContext;
