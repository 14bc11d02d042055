using System.Runtime.CompilerServices;
using Calls.Sample.Web.Client.People;
using Calls.Signaling.Server;

namespace Calls.Sample.Web.People;

/// <summary>Tells pages who is online.</summary>
public static class PeopleEndpoint
{
    /// <summary>Adds <c>GET /people</c>: server-sent events, each the whole list.</summary>
    public static void MapPeople(this IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/people", (ICallPresence presence, CancellationToken gone) => TypedResults.ServerSentEvents(WatchAsync(presence, gone)))
            .RequireAuthorization();

    private static async IAsyncEnumerable<Person[]> WatchAsync(ICallPresence presence, [EnumeratorCancellation] CancellationToken gone)
    {
        var told = Online(presence);
        yield return told;
        await foreach (var _ in presence.WatchAsync(gone))
        {
            var now = Online(presence);
            if (now.SequenceEqual(told))
                continue;
            told = now;
            yield return now;
        }
    }

    private static Person[] Online(ICallPresence presence)
        => [.. presence.Online.Select(user => new Person(user.UserId, user.DisplayName ?? user.UserId)).OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)];
}
