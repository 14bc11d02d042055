namespace Calls.Signaling.Server.Tests;

/// <summary>Calls as they are on the wire, the same wherever the server has them.</summary>
public abstract class CallCases : Cases
{
    [Fact]
    public async Task B1_B3_a_whole_call_between_two_sockets()
    {
        await using var server = await StartAsync();
        using var alice = await ConnectAsync(server, "alice", "a1");
        using var bob = await ConnectAsync(server, "bob", "b1");
        var fromAlice = new Party("alice", "a1", "ALICE");
        var fromBob = new Party("bob", "b1", "BOB");

        await alice.SendAsync(Initiate);
        (await bob.NextAsync<OfferMessage>() with { AgeMs = 0 }).Should().Be(new OfferMessage
        {
            CallId = Id, Seq = 1, From = fromAlice, ChatId = "alice", Video = true, Sdp = "offer", RingTimeoutMs = 45_000,
        });
        await bob.SendAsync(new RingingMessage { CallId = Id, Seq = 1 });
        (await alice.NextAsync<RingingMessage>()).Should().Be(new RingingMessage { CallId = Id, Seq = 1, From = fromBob });
        await bob.SendAsync(Answer with { Seq = 2 });
        (await alice.NextAsync<AnswerMessage>()).Should().Be(new AnswerMessage { CallId = Id, Seq = 2, From = fromBob, Sdp = "answer" });

        await alice.SendAsync(Candidate(2, "from alice"));
        (await bob.NextAsync<CandidatesMessage>()).Candidates.Should().Equal(new IceCandidate("from alice", "0", 0));
        await bob.SendAsync(Candidate(3, "from bob"));
        (await alice.NextAsync<CandidatesMessage>()).From.Should().Be(fromBob);
        await alice.SendAsync(new NegotiateMessage { CallId = Id, Seq = 3, Kind = NegotiateKind.Offer, Sdp = "more", Round = 1 });
        (await bob.NextAsync<NegotiateMessage>()).Seq.Should().Be(3);

        await bob.SendAsync(new EndMessage { CallId = Id, Seq = 4, Reason = EndReasons.Hangup });
        (await alice.NextAsync<EndMessage>()).Should().Be(new EndMessage { CallId = Id, Seq = 4, From = fromBob, Reason = EndReasons.Hangup });
        (await bob.DrainAsync()).Should().BeEmpty();
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task X7_a_forged_from_is_thrown_away()
    {
        await using var server = await StartAsync();
        using var alice = await ConnectAsync(server, "alice", "a1");
        using var bob = await ConnectAsync(server, "bob", "b1");
        await alice.SendAsync(Initiate with { From = new Party("mallory", "m", "The Bank") });
        (await bob.NextAsync<OfferMessage>()).From.Should().Be(new Party("alice", "a1", "ALICE"));
    }

    [Fact]
    public async Task A_plain_client_that_knows_only_the_seeds_messages_calls_and_is_called()
    {
        await using var server = await StartAsync();
        using var plain = await ConnectAsync(server, "plain", "p1");
        using var bob = await ConnectAsync(server, "bob", "b1");

        await plain.SendTextAsync("""{"type":"call:initiate","callId":"c1","chatId":"bob","video":false,"sdp":"offer"}""");
        await plain.SendTextAsync("""{"type":"call:ice-candidate","callId":"c1","candidate":{"candidate":"one","sdpMid":"0","sdpMLineIndex":0}}""");
        (await bob.NextAsync<OfferMessage>()).Sdp.Should().Be("offer");
        (await bob.NextAsync<CandidatesMessage>()).Candidates.Should().Equal(new IceCandidate("one", "0", 0));
        await bob.SendAsync(new AnswerMessage { CallId = CallId.Parse("c1"), Seq = 1, Sdp = "answer" });
        (await plain.NextJsonAsync())["sdp"]!.GetValue<string>().Should().Be("answer");
        await plain.SendTextAsync("""{"type":"call:ice-candidate","callId":"c1","candidate":null}""");
        await plain.SendTextAsync("""{"type":"call:end","callId":"c1"}""");
        (await bob.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.Hangup);

        await bob.SendAsync(new InitiateMessage { CallId = CallId.Parse("c2"), Seq = 1, ChatId = "plain", Sdp = "offer" });
        (await plain.NextJsonAsync())["type"]!.GetValue<string>().Should().Be("call:offer");
        await plain.SendTextAsync("""{"type":"call:answer","callId":"c2","sdp":"answer"}""");
        await plain.SendTextAsync("""{"type":"call:ice-candidate","callId":"c2","candidate":{"candidate":"two","sdpMid":"0","sdpMLineIndex":0}}""");
        (await bob.NextAsync<AnswerMessage>()).Seq.Should().Be(1);
        (await bob.NextAsync<CandidatesMessage>()).Seq.Should().Be(2);
        await bob.SendAsync(new EndMessage { CallId = CallId.Parse("c2"), Seq = 2 });
        (await plain.NextJsonAsync())["reason"]!.GetValue<string>().Should().Be("hangup");
        (await plain.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B5_the_ring_time_ends_the_call_once_on_both_sides()
    {
        await using var server = await StartAsync(ring: 2);
        var (alice, bob) = await RingAsync(server);

        if (server.Pass(TimeSpan.FromSeconds(1.9)) > TimeSpan.Zero)
            (await alice.DrainAsync()).Should().BeEmpty();
        server.Pass(TimeSpan.FromSeconds(0.2));

        (await alice.NextAsync<NoAnswerMessage>()).Should().Be(new NoAnswerMessage { CallId = Id, Seq = 1 });
        (await bob.NextAsync<NoAnswerMessage>()).Should().Be(new NoAnswerMessage { CallId = Id, Seq = 2 });
        (await alice.DrainAsync()).Should().BeEmpty();
        (await bob.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B30_of_two_devices_that_answer_at_once_exactly_one_wins()
    {
        await using var server = await StartAsync();
        using var alice = await ConnectAsync(server, "alice", "a1");
        using var phone = await ConnectAsync(server, "bob", "b1");
        using var tablet = await ConnectAsync(server, "bob", "b2");
        await alice.SendAsync(Initiate);
        await phone.NextAsync<OfferMessage>();
        await tablet.NextAsync<OfferMessage>();

        await Task.WhenAll(new[] { phone, tablet }.Select(device => device.SendAsync(Answer)));

        var winner = (await alice.NextAsync<AnswerMessage>()).From!.DeviceId;
        var (loser, won) = winner == "b1" ? (tablet, phone) : (phone, tablet);
        (await loser.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.AnsweredElsewhere);

        // Its own answer comes too late, which a server that says so tells it in the same words.
        (await loser.DrainAsync()).Should().OnlyContain(message => message is EndMessage && ((EndMessage)message).Reason == EndReasons.AnsweredElsewhere);
        (await won.DrainAsync()).Should().BeEmpty();
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B17_a_message_with_an_unknown_call_id_is_refused_and_touches_no_call()
    {
        await using var server = await StartAsync();
        var (alice, bob) = await RingAsync(server);

        await alice.SendAsync(new EndMessage { CallId = CallId.Parse("another") });

        (await alice.NextErrorAsync(ErrorCodes.NotAllowed)).CallId.Should().Be(CallId.Parse("another"));
        (await bob.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task X6_a_stranger_is_refused_and_disturbs_nobody()
    {
        await using var server = await StartAsync();
        var (alice, bob) = await RingAsync(server);
        using var mallory = await ConnectAsync(server, "mallory", "m1");

        await mallory.SendAsync(Answer);
        (await mallory.NextErrorAsync(ErrorCodes.NotAllowed)).CallId.Should().Be(Id);
        await mallory.SendAsync(Initiate);
        await mallory.NextErrorAsync(ErrorCodes.DuplicateCall);

        (await bob.DrainAsync()).Should().BeEmpty();
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_only_the_server_says_is_refused_from_a_client()
    {
        await using var server = await StartAsync();
        var (alice, bob) = await RingAsync(server);
        SignalingMessage[] forged =
        [
            new OfferMessage { CallId = Id, ChatId = "x", Sdp = "x" }, new RejectedMessage { CallId = Id }, new NoAnswerMessage { CallId = Id },
            new WelcomeMessage(), new ErrorMessage { Code = "x" },
        ];
        foreach (var message in forged)
        {
            await bob.SendAsync(message);
            await bob.NextErrorAsync(ErrorCodes.NotAllowed);
        }

        (await alice.DrainAsync()).Should().BeEmpty();
    }
}
