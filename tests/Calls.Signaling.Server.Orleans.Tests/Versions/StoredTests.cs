namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>A call that servers of an earlier version left in Redis, taken up by a server of this one: see the README beside this test.</summary>
[Collection(nameof(TestCluster))]
public sealed class StoredTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Versions => [.. Stored.Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Everything_is_read_and_written_without_a_loss(string version)
    {
        foreach (var moment in (string[])["ringing", "answered", "over"])
        {
            foreach (var (path, text) in Stored.By(version, moment).Texts)
                Lossless.Check(path, text);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_call_that_rang_is_answered_and_the_caller_has_the_answer(string version)
    {
        await using var heir = await Heir.StartAsync(Stored.By(version, "ringing"), Soon);
        var alice = await ResumeAsync(heir, "alice", "a1", received: 2, had: 1);
        var bob = await ResumeAsync(heir, "bob", "b1", received: 1, had: 1);
        var tablet = await ResumeAsync(heir, "bob", "b2", received: 0, had: null);

        (await bob.NextAsync<CandidatesMessage>()).Seq.Should().Be(2);
        var offer = await tablet.NextAsync<OfferMessage>();
        offer.Should().Match<OfferMessage>(one => one.Seq == 1 && one.ChatId == "alice" && one.Video && one.Sdp == "offer\r\n" && one.Commitment != null && one.RingTimeoutMs == 45_000);
        (await tablet.NextAsync<CandidatesMessage>()).Seq.Should().Be(2);
        await bob.SendAsync(new AnswerMessage { CallId = Id, Seq = 2, Sdp = "answer" });

        (await alice.NextAsync<AnswerMessage>()).Should().Match<AnswerMessage>(one => one.Seq == 2 && one.Sdp == "answer" && one.From!.DeviceId == "b1");
        (await tablet.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.AnsweredElsewhere);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_call_that_rang_when_all_servers_stopped_is_not_answered_once_its_time_is_up(string version)
    {
        await using var heir = await Heir.StartAsync(Stored.By(version, "ringing"), Late);
        var alice = await ResumeAsync(heir, "alice", "a1", received: 2, had: 1);

        (await alice.NextAsync<NoAnswerMessage>()).Seq.Should().Be(2);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Of_a_call_that_was_answered_what_was_missed_comes_and_its_end_is_told(string version)
    {
        await using var heir = await Heir.StartAsync(Stored.By(version, "answered"), Soon);
        var alice = await ResumeAsync(heir, "alice", "a1", received: 20, had: 3);
        var bob = await ResumeAsync(heir, "bob", "b1", received: 3, had: 5);

        await HasCandidatesAsync(bob, from: 6, to: 20);
        await bob.SendAsync(new EndMessage { CallId = Id, Seq = 4 });

        (await alice.NextAsync<EndMessage>()).Should().Match<EndMessage>(one => one.Seq == 4 && one.Reason == EndReasons.Hangup && one.From!.DeviceId == "b1");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Of_a_call_that_was_over_what_was_missed_comes_and_whoever_speaks_is_told_that_it_is_over(string version)
    {
        await using var heir = await Heir.StartAsync(Stored.By(version, "over"), Soon);
        var alice = await ResumeAsync(heir, "alice", "a1", received: 20, had: 3);
        var bob = await ResumeAsync(heir, "bob", "b1", received: 4, had: 5);

        (await alice.NextAsync<EndMessage>()).Should().Match<EndMessage>(one => one.Seq == 4 && one.Reason == EndReasons.Hangup);
        await HasCandidatesAsync(bob, from: 6, to: 20);
        await alice.SendAsync(new MediaStateMessage { CallId = Id, Seq = 21, Muted = true });

        (await alice.NextAsync<EndMessage>()).Should().Match<EndMessage>(one => one.Seq == 5 && one.Reason == EndReasons.Hangup);
        (await bob.DrainAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_call_that_was_over_for_long_is_forgotten_and_leaves_nothing(string version)
    {
        await using var heir = await Heir.StartAsync(Stored.By(version, "over"), Late);

        await heir.ConnectAsync("alice", "a1");

        await Eventually.TrueAsync(async () => (await heir.StoredAsync()).Texts.All(one => !one.Key.Contains(Id.Value, StringComparison.Ordinal) && !one.Value.Contains(Id.Value, StringComparison.Ordinal)));
    }

    /// <summary>A device comes back: the server has <paramref name="received"/> of its messages, and it had the server's up to <paramref name="had"/>; null: it knows of no call.</summary>
    private static async Task<CallSocket> ResumeAsync(Heir heir, string user, string device, int received, int? had)
    {
        var (socket, welcome) = await heir.ConnectAsync(user, device);
        welcome.Calls.Should().Equal(new CallProgress(Id, received));
        await socket.SendAsync(new ResumeMessage { Calls = had is { } last ? [new CallProgress(Id, last)] : [] });
        return socket;
    }

    private static async Task HasCandidatesAsync(CallSocket socket, int from, int to)
    {
        for (var seq = from; seq <= to; seq++)
            (await socket.NextAsync<CandidatesMessage>()).Should().Match<CandidatesMessage>(one => one.Seq == seq && one.Candidates[0].Candidate.StartsWith($"candidate:{seq} ", StringComparison.Ordinal));
    }
}
