using System.Net.WebSockets;

namespace Calls.Signaling.Server.Tests;

public sealed class LimitTests
{
    private static InitiateMessage Initiate(string id, string chatId = "bob") => new() { CallId = CallId.Parse(id), Seq = 1, ChatId = chatId, Sdp = "offer" };

    private static MediaStateMessage Media(string id, int? seq = null) => new() { CallId = CallId.Parse(id), Seq = seq };

    [Fact]
    public async Task X8_more_candidates_than_a_call_may_have_are_refused()
    {
        await using var server = await SignalingServer.StartAsync(o => o.Limits.MaxCandidatesPerCall = 3);
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        await alice.SendAsync(Initiate("c1"));
        await bob.NextAsync<OfferMessage>();
        IceCandidate[] three = [new("1"), new("2"), new("3")];
        await alice.SendAsync(new CandidatesMessage { CallId = CallId.Parse("c1"), Candidates = three });
        await alice.SendAsync(new CandidatesMessage { CallId = CallId.Parse("c1"), Candidates = [new("4")] });
        (await alice.NextErrorAsync(ErrorCodes.TooManyCandidates)).CallId.Should().Be(CallId.Parse("c1"));
        (await bob.DrainAsync()).Should().ContainSingle().Which.Should().BeOfType<CandidatesMessage>();
    }

    [Fact]
    public async Task X8_more_messages_than_a_user_may_send_are_refused_his_reading_slows_down_and_others_are_not_touched()
    {
        await using var server = await SignalingServer.StartAsync(o => (o.Limits.MessagesPerSecond, o.Limits.MessageBurst) = (10, 3));
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        await alice.SendAsync(Initiate("c1"));
        await bob.NextAsync<OfferMessage>();
        await bob.SendAsync(new AnswerMessage { CallId = CallId.Parse("c1"), Seq = 1, Sdp = "answer" });
        await alice.NextAsync<AnswerMessage>();

        for (var seq = 2; seq <= 5; seq++)
            await alice.SendAsync(Media("c1", seq));
        (await alice.NextErrorAsync(ErrorCodes.RateLimited)).CallId.Should().Be(CallId.Parse("c1"));
        (await bob.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        (await bob.NextAsync<MediaStateMessage>()).Seq.Should().Be(3);
        (await bob.DrainAsync()).Should().BeEmpty("the fourth was thrown away and the fifth waits");

        server.Time.Advance(TimeSpan.FromSeconds(0.1));
        (await bob.NextAsync<MediaStateMessage>()).Seq.Should().Be(4, "the stream goes on after the one that was thrown away");
    }

    [Fact]
    public async Task X8_the_rate_is_the_users_not_the_connections_and_nonsense_counts_too()
    {
        await using var server = await SignalingServer.StartAsync(o => (o.Limits.MessagesPerSecond, o.Limits.MessageBurst) = (1, 2));
        using var phone = await server.ConnectAsync("alice", "a1");
        using var tablet = await server.ConnectAsync("alice", "a2");
        await phone.SendTextAsync("nonsense");
        await phone.NextErrorAsync(ErrorCodes.BadMessage);
        await tablet.SendTextAsync("nonsense");
        await tablet.NextErrorAsync(ErrorCodes.BadMessage);
        await phone.SendTextAsync("nonsense");
        await phone.NextErrorAsync(ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task X8_a_device_that_goes_on_with_nonsense_is_read_slowly_and_the_users_other_device_is_not_touched()
    {
        await using var server = await SignalingServer.StartAsync(o => o.Limits.MalformedPerMinute = 12);
        using var broken = await server.ConnectAsync("alice", "a1");
        using var phone = await server.ConnectAsync("alice", "a2");
        for (var i = 0; i < 12; i++)
        {
            await broken.SendTextAsync("nonsense");
            await broken.NextErrorAsync(ErrorCodes.BadMessage);
        }

        await broken.SendTextAsync("nonsense");
        await broken.NextErrorAsync(ErrorCodes.RateLimited);
        await broken.SendTextAsync("nonsense");
        await broken.SendAsync(new PingMessage());
        var next = broken.NextErrorAsync(ErrorCodes.BadMessage);

        server.Time.Advance(TimeSpan.FromSeconds(4.9));
        await phone.SendAsync(new PingMessage());
        await phone.NextAsync<PongMessage>();
        next.IsCompleted.Should().BeFalse("twelve a minute are one in five seconds");

        server.Time.Advance(TimeSpan.FromSeconds(0.1));
        await next;
        await broken.NextAsync<PongMessage>();
    }

    [Fact]
    public async Task X8_more_calls_at_once_than_a_user_may_have_are_refused_until_one_ends()
    {
        await using var server = await SignalingServer.StartAsync(o => o.Limits.MaxCallsPerUser = 2);
        using var phone = await server.ConnectAsync("alice", "a1");
        using var tablet = await server.ConnectAsync("alice", "a2");
        await phone.SendAsync(Initiate("c1"));
        (await phone.DrainAsync()).Should().BeEmpty();
        await tablet.SendAsync(Initiate("c2", "carol"));
        (await tablet.DrainAsync()).Should().BeEmpty("B31: a second call from another device is allowed");
        await phone.SendAsync(Initiate("c3", "dave"));
        (await phone.NextErrorAsync(ErrorCodes.TooManyCalls)).CallId.Should().Be(CallId.Parse("c3"));

        await phone.SendAsync(new EndMessage { CallId = CallId.Parse("c1"), Seq = 2 });
        await phone.SendAsync(Initiate("c4", "dave"));
        (await phone.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task X8_a_user_who_is_called_a_lot_may_still_call()
    {
        await using var server = await SignalingServer.StartAsync(o => o.Limits.MaxCallsPerUser = 1);
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        await alice.SendAsync(Initiate("c1"));
        await bob.NextAsync<OfferMessage>();
        await bob.SendAsync(Initiate("c2", "carol"));
        (await bob.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task X8_more_rings_at_one_target_than_allowed_in_that_time_are_refused()
    {
        await using var server = await SignalingServer.StartAsync(o => o.Limits.MaxRingsPerTarget = 2);
        using var alice = await server.ConnectAsync("alice", "a1");
        for (var i = 0; i < 2; i++)
        {
            await alice.SendAsync(Initiate($"c{i}"));
            await alice.SendAsync(new EndMessage { CallId = CallId.Parse($"c{i}"), Seq = 2 });
        }

        await alice.SendAsync(Initiate("c2"));
        (await alice.NextErrorAsync(ErrorCodes.TooManyRings)).CallId.Should().Be(CallId.Parse("c2"));
        await alice.SendAsync(Initiate("c3", "carol"));
        (await alice.DrainAsync()).Should().BeEmpty("another target is another count");
        server.Time.Advance(TimeSpan.FromSeconds(31));
        await alice.SendAsync(Initiate("c4"));
        (await alice.DrainAsync()).Should().BeEmpty("half the window brings one of two back");
    }

    [Fact]
    public async Task X8_more_rings_at_anybody_than_allowed_in_that_time_are_refused()
    {
        await using var server = await SignalingServer.StartAsync(o => o.Limits.MaxRingsPerUser = 2);
        using var alice = await server.ConnectAsync("alice", "a1");
        foreach (var target in new[] { "bob", "carol", "dave" })
            await alice.SendAsync(Initiate(target, target));
        (await alice.NextErrorAsync(ErrorCodes.TooManyRings)).CallId.Should().Be(CallId.Parse("dave"));
    }

    [Fact]
    public async Task X8_a_slow_reader_is_told_and_closed_and_the_sender_is_not_touched()
    {
        await using var server = await SignalingServer.StartAsync(GenerousButForTheQueue);
        using var bob = await server.ConnectAsync("bob", "b1");
        using var alice = await server.ConnectAsync("alice", "a1");
        var connection = (WebSocketConnection)server.Connections.Find(new DeviceKey("bob", "b1"))!;

        await FloodAsync(alice, bob, until: () => connection.IsClosing);

        SignalingMessage last;
        do
            last = await bob.NextAsync();
        while (last is not ErrorMessage);
        ((ErrorMessage)last).Code.Should().Be(ErrorCodes.SlowReader);
        (await bob.NextCloseAsync()).Should().Be(WebSocketCloseStatus.PolicyViolation);
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task X8_a_reader_that_never_reads_is_cut_off_when_the_close_timeout_is_over()
    {
        await using var server = await SignalingServer.StartAsync(GenerousButForTheQueue);
        using var bob = await server.ConnectAsync("bob", "b1");
        using var alice = await server.ConnectAsync("alice", "a1");
        var connection = (WebSocketConnection)server.Connections.Find(new DeviceKey("bob", "b1"))!;
        await FloodAsync(alice, bob, until: () => connection.IsClosing);
        server.Presence.IsOnline("bob").Should().BeTrue();
        var closed = server.Logs.NextAsync("A WebSocket closed.");

        server.Time.Advance(TimeSpan.FromSeconds(6));

        await closed;
        server.Presence.IsOnline("bob").Should().BeFalse();
    }

    private static void GenerousButForTheQueue(CallSignalingOptions options)
    {
        options.Limits.SendQueueLength = 8;
        (options.Limits.MessagesPerSecond, options.Limits.MessageBurst) = (100_000, 1_000_000);
    }

    /// <summary>Alice talks and Bob does not listen.</summary>
    private static async Task FloodAsync(CallSocket alice, CallSocket bob, Func<bool> until)
    {
        var id = CallId.Parse("flood");
        await alice.SendAsync(Initiate("flood"));
        await bob.NextAsync<OfferMessage>();
        await bob.SendAsync(new AnswerMessage { CallId = id, Sdp = "answer" });
        await alice.NextAsync<AnswerMessage>();
        var much = new NegotiateMessage { CallId = id, Kind = NegotiateKind.Offer, Sdp = new string('x', 60_000) };
        for (var i = 0; i < 10_000 && !until(); i++)
        {
            await alice.SendAsync(much);
            (await alice.DrainAsync()).Should().BeEmpty();
        }

        until().Should().BeTrue();
    }
}
