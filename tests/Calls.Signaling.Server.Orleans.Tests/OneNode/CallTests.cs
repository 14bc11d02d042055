using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>The cases on a silo, and what is seen only there.</summary>
public sealed class CallTests : CallCases
{
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

    [Theory]
    [InlineData("nobody")]
    [InlineData("alice")]
    public async Task Who_stands_in_where_nobody_is_rung_forgets_the_call_too(string chat)
    {
        await using var node = await OneNode.StartAsync(
            resumeSeconds: 1, plug: signaling => signaling.Services.AddSingleton<ICallDirectory>(new Directory()));
        using var alice = await node.ConnectAsync("alice", "a1");
        var standIn = node.Grains.GetGrain<IUserGrain>(UserKey.OfNobody(chat));

        await alice.SendAsync(Initiate with { ChatId = chat });
        await Eventually.TrueAsync(async () => (await standIn.CallsAsync()).Length == 1);
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });

        await Eventually.TrueAsync(async () => (await standIn.CallsAsync()).Length == 0);
    }

    private protected override Task<ICallServer> StartAsync(double ring, double resume) => OneNode.StartForCasesAsync(ring, resume);

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

    /// <summary>Nobody is rung, or only the caller himself.</summary>
    private sealed class Directory : ICallDirectory
    {
        public ValueTask<IReadOnlyList<CallMember>> GetMembersAsync(string callerId, string chatId, CancellationToken cancellationToken)
            => new(chatId == callerId ? [new CallMember(callerId, chatId)] : []);
    }
}
