using StackExchange.Redis;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>Plays the call of which a version keeps what it stores. CALLS_STORED says in which folder; CALLS_NODES, which build (<see cref="NodeBuilds"/>).</summary>
[Collection(nameof(TestCluster))]
public sealed class StoringTests
{
    private static readonly CallId Id = CallId.Parse("call-1");

    [Fact]
    public async Task What_servers_store_is_whole_while_it_rings_once_it_is_answered_and_when_it_is_over()
    {
        await using var cluster = await TestCluster.StartAsync(ringSeconds: 45);
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{cluster.Redis.Port}");
        using var alice = await cluster.ConnectAsync(0, "alice", "a1");
        using var bob = await cluster.ConnectAsync(1, "bob", "b1");
        using var tablet = await cluster.ConnectAsync(2, "bob", "b2");
        await alice.SendAsync(new InitiateMessage { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer\r\n", Video = true, Commitment = new string('A', 43) });
        await bob.NextAsync<OfferMessage>();
        await tablet.NextAsync<OfferMessage>();
        await alice.SendAsync(Candidate(2));
        await bob.NextAsync<CandidatesMessage>();
        await tablet.NextAsync<CandidatesMessage>();
        await bob.SendAsync(new RingingMessage { CallId = Id, Seq = 1 });
        await alice.NextAsync<RingingMessage>();
        await KeepAsync(redis, "ringing", call => call.Call.Legs.Count == 3);

        await bob.SendAsync(new AnswerMessage { CallId = Id, Seq = 2, Sdp = "answer\r\n" });
        await alice.NextAsync<AnswerMessage>();
        await tablet.NextAsync<EndMessage>();
        await tablet.CloseAsync();
        for (var seq = 3; seq <= 20; seq++)
        {
            await alice.SendAsync(Candidate(seq));
            await bob.NextAsync<CandidatesMessage>();
        }

        await bob.SendAsync(new MediaStateMessage { CallId = Id, Seq = 3, Muted = true });
        await alice.NextAsync<MediaStateMessage>();
        await KeepAsync(redis, "answered", call => call.Links.Length == 2);

        await bob.SendAsync(new EndMessage { CallId = Id, Seq = 4 });
        await alice.NextAsync<EndMessage>();
        await KeepAsync(redis, "over", call => call.Call.Phase == RoutedCallPhase.Over);
    }

    private static CandidatesMessage Candidate(int seq)
        => new() { CallId = Id, Seq = seq, Candidates = [new IceCandidate($"candidate:{seq} 1 udp 1 192.0.2.1 4000 typ host", "0", 0)] };

    private static async Task KeepAsync(ConnectionMultiplexer redis, string moment, Func<CallDocument, bool> isThere)
    {
        // The users hear a little later than the call.
        Stored? stored = null;
        await Eventually.TrueAsync(async () => (stored = await Stored.InAsync(redis)).Texts.Count >= 3
            && isThere(StoredDocument.Read(stored.Texts[Stored.Call], StorageJson.Default.CallDocument)!)
            && (moment != "over" || stored.Texts.Values.Any(text => text.Contains("\"isOver\":true", StringComparison.Ordinal))));
        foreach (var (path, text) in stored!.Texts)
            Lossless.Check(path, text);
        if (Environment.GetEnvironmentVariable("CALLS_STORED") is { } folder)
            await stored.SaveAsync(Path.Combine(folder, moment));
    }
}
