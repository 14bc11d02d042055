using System.Net.WebSockets;

namespace Calls.Signaling.Server.Tests;

public sealed class ReconnectTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private static readonly InitiateMessage Initiate = new() { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer" };
    private static readonly AnswerMessage Answer = new() { CallId = Id, Seq = 1, Sdp = "answer" };

    private static MediaStateMessage Media(int seq) => new() { CallId = Id, Seq = seq, Muted = true };

    [Fact]
    public async Task A_device_that_connects_while_it_rings_gets_the_offer_with_its_age_and_the_candidates()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        await alice.SendAsync(Initiate);
        await alice.SendAsync(new CandidatesMessage { CallId = Id, Seq = 2, Candidates = [new IceCandidate("early")] });
        await alice.DrainAsync();
        server.Time.Advance(TimeSpan.FromSeconds(7));

        using var bob = await server.ConnectAsync("bob", "b1");

        (await bob.NextAsync<OfferMessage>()).AgeMs.Should().Be(7_000);
        (await bob.NextAsync<CandidatesMessage>()).Candidates.Should().Equal(new IceCandidate("early"));
        (await bob.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B38_after_a_reconnect_resume_replays_exactly_what_was_missed_and_welcome_tells_what_arrived()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await AnswerAsync(server, alice);
        await bob.SendAsync(Media(2));
        await alice.NextAsync<MediaStateMessage>();
        await LoseAsync(server, bob);
        await alice.SendAsync(Media(2));
        await alice.SendAsync(Media(3));
        await alice.DrainAsync();
        server.Time.Advance(TimeSpan.FromSeconds(29));

        using var again = await server.OpenAsync("user=bob&device=b1");
        (await again.NextAsync<WelcomeMessage>()).Calls.Should().Equal(new CallProgress(Id, 2));
        (await again.DrainAsync()).Should().BeEmpty("nothing is replayed unasked");
        await again.SendAsync(new ResumeMessage { Calls = [new CallProgress(Id, 1)] });
        (await again.DrainAsync()).Select(message => ((CallMessage)message).Seq).Should().Equal(2, 3);
        await again.SendAsync(Media(2));
        await again.SendAsync(Media(3));
        (await again.DrainAsync()).Should().BeEmpty();
        (await alice.DrainAsync()).Select(message => ((CallMessage)message).Seq).Should().Equal(3);

        server.Time.Advance(TimeSpan.FromSeconds(60));
        (await alice.DrainAsync()).Should().BeEmpty("the call goes on");
    }

    [Fact]
    public async Task A_ringing_device_that_reconnects_gets_the_offer_by_resume_and_not_twice()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        await alice.SendAsync(Initiate);
        await bob.NextAsync<OfferMessage>();
        await LoseAsync(server, bob);
        server.Time.Advance(TimeSpan.FromSeconds(5));

        using var again = await server.ConnectAsync("bob", "b1");
        await again.SendAsync(new ResumeMessage());

        (await again.DrainAsync()).Should().ContainSingle().Which.Should().BeOfType<OfferMessage>().Which.AgeMs.Should().Be(5_000);
    }

    [Fact]
    public async Task A_party_away_longer_than_the_window_ends_the_call()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await AnswerAsync(server, alice);
        await LoseAsync(server, bob);
        server.Time.Advance(TimeSpan.FromSeconds(29));
        (await alice.DrainAsync()).Should().BeEmpty();
        server.Time.Advance(TimeSpan.FromSeconds(2));
        (await alice.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.ConnectionLost);
    }

    [Fact]
    public async Task A_caller_away_longer_than_the_window_stops_the_ringing()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        await alice.SendAsync(Initiate);
        await bob.NextAsync<OfferMessage>();
        await LoseAsync(server, alice);
        server.Time.Advance(TimeSpan.FromSeconds(31));
        (await bob.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.Cancelled);
    }

    [Fact]
    public async Task The_same_device_connecting_again_replaces_its_older_connection_and_keeps_the_call()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await AnswerAsync(server, alice);

        using var again = await server.ConnectAsync("bob", "b1");

        await bob.NextErrorAsync(ErrorCodes.Superseded);
        (await bob.NextCloseAsync()).Should().Be(WebSocketCloseStatus.PolicyViolation);
        await again.SendAsync(new ResumeMessage { Calls = [new CallProgress(Id, 1)] });
        await alice.SendAsync(Media(2));
        (await again.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        await again.SendAsync(Media(2));
        (await alice.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        server.Time.Advance(TimeSpan.FromSeconds(60));
        (await alice.DrainAsync()).Should().BeEmpty("the device was never away");
    }

    private static async Task<CallSocket> AnswerAsync(SignalingServer server, CallSocket alice)
    {
        var bob = await server.ConnectAsync("bob", "b1");
        await alice.SendAsync(Initiate);
        await bob.NextAsync<OfferMessage>();
        await bob.SendAsync(Answer);
        await alice.NextAsync<AnswerMessage>();
        return bob;
    }

    /// <summary>Tears the connection down without a word, and waits until the server and its calls know.</summary>
    private static Task LoseAsync(SignalingServer server, CallSocket socket)
    {
        var closed = server.Logs.NextAsync("A WebSocket closed.");
        socket.Raw.Abort();
        return closed;
    }
}
