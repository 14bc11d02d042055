using System.Net.WebSockets;

namespace Calls.Signaling.Server.Tests;

/// <summary>Connections that are lost and come back, the same wherever the server has its calls.</summary>
public abstract class ReconnectCases : Cases
{
    private const double Window = 2;

    [Fact]
    public async Task A_device_that_connects_while_it_rings_gets_the_offer_with_its_age_and_the_candidates()
    {
        await using var server = await StartAsync();
        using var alice = await ConnectAsync(server, "alice", "a1");
        await alice.SendAsync(Initiate);
        await alice.SendAsync(Candidate(2, "early"));
        await alice.DrainAsync();
        var passed = server.Pass(TimeSpan.FromSeconds(7));

        using var bob = await server.OpenAsync("bob", "b1");

        (await bob.NextAsync<WelcomeMessage>()).Calls.Should().BeEmpty();
        IsOfAge(await bob.NextAsync<OfferMessage>(), passed);
        (await bob.NextAsync<CandidatesMessage>()).Candidates.Should().Equal(new IceCandidate("early", "0", 0));
        (await bob.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B38_after_a_reconnect_resume_replays_exactly_what_was_missed_and_welcome_tells_what_arrived()
    {
        await using var server = await StartAsync();
        var (alice, bob) = await TalkAsync(server);
        await bob.SendAsync(Media(2));
        await alice.NextAsync<MediaStateMessage>();
        await server.LoseAsync(bob);
        await alice.SendAsync(Media(2));
        await alice.SendAsync(Media(3));
        await alice.DrainAsync();
        server.Pass(TimeSpan.FromSeconds(29));

        using var again = await server.OpenAsync("bob", "b1");
        (await again.NextAsync<WelcomeMessage>()).Calls.Should().Equal(new CallProgress(Id, 2));
        (await again.DrainAsync()).Should().BeEmpty("nothing is replayed unasked");
        await again.SendAsync(new ResumeMessage { Calls = [new CallProgress(Id, 1)] });
        (await again.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        (await again.NextAsync<MediaStateMessage>()).Seq.Should().Be(3);
        await again.SendAsync(Media(2));
        await again.SendAsync(Media(3));
        (await again.DrainAsync()).Should().BeEmpty();
        (await alice.NextAsync<MediaStateMessage>()).Seq.Should().Be(3, "what arrived before is not told twice");

        server.Pass(TimeSpan.FromSeconds(60));
        (await alice.DrainAsync()).Should().BeEmpty("the call goes on");
    }

    [Fact]
    public async Task A_ringing_device_that_reconnects_gets_the_offer_by_resume_and_not_twice()
    {
        await using var server = await StartAsync();
        var (_, bob) = await RingAsync(server);
        await server.LoseAsync(bob);
        var passed = server.Pass(TimeSpan.FromSeconds(5));

        using var again = await ConnectAsync(server, "bob", "b1");
        await again.SendAsync(new ResumeMessage());

        IsOfAge(await again.NextAsync<OfferMessage>(), passed);
        (await again.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_party_away_longer_than_the_window_ends_the_call()
    {
        await using var server = await StartAsync(resume: Window);
        var (alice, bob) = await TalkAsync(server);
        await server.LoseAsync(bob);
        if (server.Pass(TimeSpan.FromSeconds(Window - 0.1)) > TimeSpan.Zero)
            (await alice.DrainAsync()).Should().BeEmpty();
        server.Pass(TimeSpan.FromSeconds(0.2));
        (await alice.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.ConnectionLost);
    }

    [Fact]
    public async Task A_caller_away_longer_than_the_window_stops_the_ringing()
    {
        await using var server = await StartAsync(resume: Window);
        var (alice, bob) = await RingAsync(server);
        await server.LoseAsync(alice);
        server.Pass(TimeSpan.FromSeconds(Window + 0.1));
        (await bob.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.Cancelled);
    }

    [Fact]
    public async Task The_same_device_connecting_again_replaces_its_older_connection_and_keeps_the_call()
    {
        await using var server = await StartAsync();
        var (alice, bob) = await TalkAsync(server);

        using var again = await ConnectAsync(server, "bob", "b1");

        await bob.NextErrorAsync(ErrorCodes.Superseded);
        (await bob.NextCloseAsync()).Should().Be(WebSocketCloseStatus.PolicyViolation);
        await again.SendAsync(new ResumeMessage { Calls = [new CallProgress(Id, 1)] });
        await alice.SendAsync(Media(2));
        (await again.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        await again.SendAsync(Media(2));
        (await alice.NextAsync<MediaStateMessage>()).Seq.Should().Be(2);
        server.Pass(TimeSpan.FromSeconds(60));
        (await alice.DrainAsync()).Should().BeEmpty("the device was never away");
    }

    /// <summary>The age is what went by, and where nobody stopped the clock a little more.</summary>
    private static void IsOfAge(OfferMessage offer, TimeSpan passed)
    {
        if (passed > TimeSpan.Zero)
            offer.AgeMs.Should().Be((long)passed.TotalMilliseconds);
        else
            offer.AgeMs.Should().BePositive().And.BeLessThan((long)CallSocket.Patience.TotalMilliseconds);
    }
}
