using System.Reactive.Linq;
using Calls.Testing;

namespace Calls.Trust.Tests;

/// <summary>X7 with real tokens (RFC 7519), on every transport.</summary>
public sealed class TokenExpiryTests
{
    public static TheoryData<Transport> Transports => [Transport.WebSocket, Transport.HubJson, Transport.HubMessagePack];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task X7_no_token_a_forged_one_and_an_expired_one_are_refused(Transport transport)
    {
        await using var host = await TokenHost.StartAsync();
        var now = host.Time.GetUtcNow();
        foreach (var token in new[] { "", "nonsense", Tokens.For("alice", now.AddHours(1), isForged: true), Tokens.For("alice", now.AddSeconds(-1)) })
        {
            await using var channel = host.Channel(transport, "a1", () => token);
            var refusal = await channel.Invoking(one => one.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>();
            refusal.Which.IsRefused.Should().BeTrue();
        }

        host.Presence.Online.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task X7_a_connection_says_so_and_closes_when_its_token_expires_and_the_next_one_needs_a_fresh_one(Transport transport)
    {
        await using var host = await TokenHost.StartAsync();
        // Too short to be renewed in time.
        var token = Tokens.For("alice", host.Time.GetUtcNow().AddSeconds(9));
        await using var channel = host.Channel(transport, "a1", () => token);
        var welcome = channel.NextAsync<WelcomeMessage>();
        await channel.ConnectAsync().InTime();
        (await welcome).ExpiresIn.Should().Be(9);
        var farewell = channel.NextAsync<ErrorMessage>();

        host.Time.Advance(TimeSpan.FromSeconds(9));

        (await farewell).Code.Should().Be(ErrorCodes.AuthenticationExpired);
        (await channel.UntilAsync(ChannelState.Closed)).Error.Should().BeOfType<SignalingException>().Which.IsRefused.Should().BeTrue();
        host.Presence.Online.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task X7_a_call_lives_through_five_lifetimes_of_its_tokens_and_nobody_sees_it(Transport transport)
    {
        var lifetime = TimeSpan.FromMinutes(5);
        await using var host = await TokenHost.StartAsync();
        var asked = 0;
        string TokenOf(string user)
        {
            Interlocked.Increment(ref asked);
            return Tokens.For(user, host.Time.GetUtcNow() + lifetime);
        }

        ScriptedMediaNetwork network = new();
        var aliceChannel = host.Channel(transport, "a1", () => TokenOf("alice"));
        var bobChannel = host.Channel(Transport.WebSocket, "b1", () => TokenOf("bob"));
        await using CallManager alice = new(aliceChannel, new ScriptedMediaSource(network));
        await using CallManager bob = new(bobChannel, new ScriptedMediaSource(network));
        await alice.ConnectAsync().InTime();
        await bob.ConnectAsync().InTime();
        await alice.StartOutgoingAsync("bob", video: false).InTime();
        await bob.UntilAsync(CallState.IncomingRinging);
        await bob.AcceptIncomingAsync(video: false).InTime();
        await alice.UntilAsync(CallState.Connected);
        await bob.UntilAsync(CallState.Connected);
        List<ChannelState> statuses = [];
        List<CallError> errors = [];
        using var watching = alice.SignalingStatus.Merge(bob.SignalingStatus).Subscribe(status => Add(statuses, status.State));
        using var listening = alice.Errors.Merge(bob.Errors).Subscribe(error => Add(errors, error));

        for (var round = 1; round <= 5; round++)
        {
            for (var channel = 0; channel < 2; channel++)
                await host.Time.StartedAsync(lifetime * 0.7, lifetime * 0.9);
            // What comes through shows that the server is done with the new connections, before its clock jumps over the time in which they may come.
            await MuteAsync(true);
            host.Time.Advance(lifetime * 0.91);
            // No message is lost on the way from one connection to the next.
            await MuteAsync(false);
        }

        async Task MuteAsync(bool isMuted)
        {
            await alice.ToggleMuteAsync().InTime();
            await bob.UntilAsync(snapshot => snapshot.IsPeerMuted == isMuted);
            await bob.ToggleMuteAsync().InTime();
            await alice.UntilAsync(snapshot => snapshot.IsPeerMuted == isMuted);
        }

        asked.Should().BeGreaterThanOrEqualTo(10);
        (alice.Current.State, bob.Current.State).Should().Be((CallState.Connected, CallState.Connected));
        lock (statuses)
            statuses.Should().AllBeEquivalentTo(ChannelState.Connected);
        lock (errors)
            errors.Should().BeEmpty();
    }

    private static void Add<T>(List<T> list, T item)
    {
        lock (list)
            list.Add(item);
    }
}
