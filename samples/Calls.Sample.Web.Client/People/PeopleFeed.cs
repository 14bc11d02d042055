using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Sample.Web.Client.People;

/// <summary>Who is online, as the server tells it by server-sent events. Connects again by itself.</summary>
public sealed class PeopleFeed(IServerConnection server, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The people who are online without <paramref name="me"/>: those of now, then every change.</summary>
    /// <exception cref="UnauthorizedAccessException">The server does not know this user any more.</exception>
    public async IAsyncEnumerable<IReadOnlyList<Person>> WatchAsync(string me, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = server.CreateHttpClient();
        while (true)
        {
            using var response = await ConnectAsync(http, me, cancellationToken);
            if (response is not null)
            {
                await foreach (var people in ReadAsync(response, cancellationToken))
                    yield return [.. people.Where(person => person.User != me)];
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static async Task<HttpResponseMessage?> ConnectAsync(HttpClient http, string me, CancellationToken cancellationToken)
    {
        try
        {
            var response = await http.GetAsync(
                new Uri($"people?user={Uri.EscapeDataString(me)}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                throw new UnauthorizedAccessException("The server does not know this user any more.");
            response.EnsureSuccessStatusCode();
            return response;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async IAsyncEnumerable<List<Person>> ReadAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var items = SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize(data, PeopleJson.Default.ListPerson) ?? [])
            .EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync())
            yield return items.Current.Data;

        async Task<bool> MoveNextAsync()
        {
            try
            {
                return await items.MoveNextAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return false;
            }
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<Person>))]
internal sealed partial class PeopleJson : JsonSerializerContext;
