namespace Calls.Signaling.Server.Orleans.Tests;

public sealed class CallTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private static readonly InitiateMessage Initiate = new() { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer", Video = true };
    private static readonly AnswerMessage Answer = new() { CallId = Id, Seq = 1, Sdp = "answer" };

    private static MediaStateMessage Media(int seq) => new() { CallId = Id, Seq = seq, Muted = true };

    [Fact]
    public async Task B1_B3_a_call_is_answered_talks_and_ends()
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        using var bob = await node.ConnectAsync("bob", "b1");

        await alice.SendAsync(Initiate);
        await alice.SendAsync(new CandidatesMessage { CallId = Id, Seq = 2, Candidates = [new IceCandidate("one")] });
        var offer = await bob.NextAsync<OfferMessage>();
        offer.Should().BeEquivalentTo(
            new { CallId = Id, Seq = 1, ChatId = "alice", Sdp = "offer", Video = true, From = new Party("alice", "a1") });
        (await bob.NextAsync<CandidatesMessage>()).Candidates.Should().Equal(new IceCandidate("one"));
        await bob.SendAsync(new RingingMessage { CallId = Id, Seq = 1 });
        (await alice.NextAsync<RingingMessage>()).Seq.Should().Be(1);
        await bob.SendAsync(Answer with { Seq = 2 });
        (await alice.NextAsync<AnswerMessage>()).Should().BeEquivalentTo(new { Seq = 2, Sdp = "answer", From = new Party("bob", "b1") });
        await bob.SendAsync(Media(3));
        (await alice.NextAsync<MediaStateMessage>()).Seq.Should().Be(3);
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 3, Reason = EndReasons.Hangup });
        (await bob.NextAsync<EndMessage>()).Should().BeEquivalentTo(new { Seq = 3, Reason = EndReasons.Hangup });
        (await bob.DrainAsync()).Should().BeEmpty();
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B5_the_ring_time_ends_the_call_once_on_both_sides()
    {
        await using var node = await OneNode.StartAsync(ringSeconds: 1);
        var (alice, bob) = await RingAsync(node);

        (await alice.NextAsync<NoAnswerMessage>()).Seq.Should().Be(1);
        (await bob.NextAsync<NoAnswerMessage>()).Seq.Should().Be(2);

        (await alice.DrainAsync()).Should().BeEmpty();
        (await bob.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B30_of_two_devices_that_answer_at_once_exactly_one_wins()
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        using var phone = await node.ConnectAsync("bob", "b1");
        using var tablet = await node.ConnectAsync("bob", "b2");
        await alice.SendAsync(Initiate);
        await phone.NextAsync<OfferMessage>();
        await tablet.NextAsync<OfferMessage>();

        await Task.WhenAll(new[] { phone, tablet }.Select(device => device.SendAsync(Answer)));

        var winner = (await alice.NextAsync<AnswerMessage>()).From!.DeviceId;
        var (loser, won) = winner == "b1" ? (tablet, phone) : (phone, tablet);
        (await loser.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.AnsweredElsewhere);
        (await won.DrainAsync()).Should().BeEmpty();
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B38_after_a_reconnect_resume_replays_exactly_what_was_missed_and_welcome_tells_what_arrived()
    {
        await using var node = await OneNode.StartAsync();
        var (alice, bob) = await TalkAsync(node);
        await bob.CloseAsync();
        await alice.SendAsync(Media(2));
        await alice.SendAsync(Media(3));

        using var again = await node.OpenAsync("bob", "b1");
        (await again.NextAsync<WelcomeMessage>()).Calls.Should().Equal(new CallProgress(Id, 1));
        await again.SendAsync(new ResumeMessage { Calls = [new CallProgress(Id, 1)] });
        (await again.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        (await again.NextAsync<MediaStateMessage>()).Seq.Should().Be(3);
        await again.SendAsync(Media(2));
        (await alice.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        (await again.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_device_connecting_again_replaces_its_older_connection_and_keeps_the_call()
    {
        await using var node = await OneNode.StartAsync();
        var (alice, bob) = await TalkAsync(node);

        using var again = await node.ConnectAsync("bob", "b1");

        await bob.NextErrorAsync(ErrorCodes.Superseded);
        await bob.NextCloseAsync();
        await again.SendAsync(new ResumeMessage { Calls = [new CallProgress(Id, 1)] });
        await alice.SendAsync(Media(2));
        (await again.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        await again.SendAsync(Media(2));
        (await alice.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
    }

    [Fact]
    public async Task A_party_away_longer_than_the_window_ends_the_call()
    {
        await using var node = await OneNode.StartAsync(resumeSeconds: 1);
        var (alice, bob) = await TalkAsync(node);

        bob.Raw.Abort();

        (await alice.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.ConnectionLost);
    }

    [Fact]
    public async Task A_device_that_connects_while_it_rings_gets_the_offer_and_the_candidates_after_the_welcome()
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        await alice.SendAsync(Initiate);
        await alice.SendAsync(new CandidatesMessage { CallId = Id, Seq = 2, Candidates = [new IceCandidate("early")] });
        await alice.DrainAsync();

        using var bob = await node.OpenAsync("bob", "b1");

        (await bob.NextAsync<WelcomeMessage>()).Calls.Should().BeEmpty();
        (await bob.NextAsync<OfferMessage>()).AgeMs.Should().BePositive();
        (await bob.NextAsync<CandidatesMessage>()).Candidates.Should().Equal(new IceCandidate("early"));
    }

    [Fact]
    public async Task X6_a_stranger_is_refused_and_disturbs_nobody()
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        using var bob = await node.ConnectAsync("bob", "b1");
        using var mallory = await node.ConnectAsync("mallory", "m1");
        await alice.SendAsync(Initiate);
        await bob.NextAsync<OfferMessage>();

        await mallory.SendAsync(Answer);
        (await mallory.NextErrorAsync(ErrorCodes.NotAllowed)).CallId.Should().Be(Id);
        await mallory.SendAsync(Initiate);
        await mallory.NextErrorAsync(ErrorCodes.DuplicateCall);
        await mallory.SendAsync(new EndMessage { CallId = CallId.Parse("another") });
        await mallory.NextErrorAsync(ErrorCodes.NotAllowed);

        (await bob.DrainAsync()).Should().BeEmpty();
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_user_may_not_make_more_calls_at_once_than_the_limit_and_one_that_is_over_counts_no_more()
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        for (var i = 1; i <= 8; i++)
            await alice.SendAsync(Initiate with { CallId = CallId.Parse($"c{i}"), ChatId = $"user{i}" });
        await alice.SendAsync(Initiate with { CallId = CallId.Parse("c9") });
        (await alice.NextErrorAsync(ErrorCodes.TooManyCalls)).CallId.Should().Be(CallId.Parse("c9"));

        await alice.SendAsync(new EndMessage { CallId = CallId.Parse("c1"), Seq = 2 });
        using var bob = await node.ConnectAsync("bob", "b1");
        await RingUntilGrantedAsync(alice, bob);
    }

    [Fact]
    public async Task A_call_is_forgotten_by_everybody_after_the_window()
    {
        await using var node = await OneNode.StartAsync(resumeSeconds: 1);
        var (alice, bob) = await RingAsync(node);
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });
        await bob.NextAsync<EndMessage>();

        foreach (var party in (Party[])[new("alice", "a1"), new("bob", "b1")])
        {
            var user = node.Grains.GetGrain<IUserGrain>(UserKey.Of(party.UserId));
            await Eventually.TrueAsync(async () => (await user.CallsAsync()).Length == 0);
        }

        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });
        await alice.NextErrorAsync(ErrorCodes.NotAllowed);
    }

    /// <summary>Alice has called Bob, and his device has the offer. The node closes their connections.</summary>
    private static async Task<(CallSocket Alice, CallSocket Bob)> RingAsync(OneNode node)
    {
        var alice = await node.ConnectAsync("alice", "a1");
        var bob = await node.ConnectAsync("bob", "b1");
        await alice.SendAsync(Initiate);
        await bob.NextAsync<OfferMessage>();
        return (alice, bob);
    }

    /// <summary>And Bob has answered.</summary>
    private static async Task<(CallSocket Alice, CallSocket Bob)> TalkAsync(OneNode node)
    {
        var (alice, bob) = await RingAsync(node);
        await bob.SendAsync(Answer);
        await alice.NextAsync<AnswerMessage>();
        return (alice, bob);
    }

    private static async Task RingUntilGrantedAsync(CallSocket alice, CallSocket bob)
    {
        // The user hears a little later than the call that it is over.
        for (var i = 10; ; i++)
        {
            await alice.SendAsync(Initiate with { CallId = CallId.Parse($"c{i}") });
            if (await alice.DrainAsync() is [])
                break;
        }

        await bob.NextAsync<OfferMessage>();
    }
}
