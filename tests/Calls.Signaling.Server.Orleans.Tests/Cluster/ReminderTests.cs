using StackExchange.Redis;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>The last one who knows of a call: what it was reminded of in Redis.</summary>
[Collection(nameof(TestCluster))]
public sealed class ReminderTests
{
    // Orleans reminds once a minute at most. A dead server is found in some seconds, and its reminders are taken over then; on a busy machine that may be too late for the first.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2.5);

    [Fact]
    public async Task B42_a_call_whose_server_died_with_everybody_who_was_in_it_is_ended_by_its_reminder_and_leaves_nothing()
    {
        await using var cluster = await TestCluster.StartAsync(ringSeconds: 2, resumeSeconds: 1);
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{cluster.Redis.Port}");
        var id = CallId.New();
        using (var alice = await cluster.ConnectAsync(0, "alice", "a1"))
        using (var bob = await cluster.ConnectAsync(0, "bob", "b1"))
        {
            await alice.SendAsync(new InitiateMessage { CallId = id, Seq = 1, ChatId = "bob", Sdp = "offer" });
            await bob.NextAsync<OfferMessage>();
            await Eventually.TrueAsync(async () => await CountAsync(redis, id) >= 2);
            cluster.Kill(0);
        }

        var since = TimeProvider.System.GetTimestamp();
        while (await CountAsync(redis, id) > 0)
        {
            TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Longest);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        TimeProvider.System.GetElapsedTime(since).Should().BeGreaterThan(TimeSpan.FromSeconds(20), "nobody else has woken it");
        using var again = await cluster.ConnectAsync(1, "alice", "a1");
        (await again.DrainAsync()).Should().BeEmpty();
    }

    /// <summary>What Redis has of a call: its state, its pages, its reminder.</summary>
    private static async Task<int> CountAsync(ConnectionMultiplexer redis, CallId id)
    {
        var found = 0;
        foreach (var key in redis.GetServers().Single().Keys(pattern: "*"))
        {
            if (key.ToString().Contains(id.Value, StringComparison.Ordinal))
                found++;
            else if (await redis.GetDatabase().KeyTypeAsync(key) == RedisType.SortedSet)
                found += (await redis.GetDatabase().SortedSetRangeByRankAsync(key)).Count(member => member.ToString().Contains(id.Value, StringComparison.Ordinal));
        }

        return found;
    }
}
