using System.Text;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>A server of a newer version asks what this one does not know.</summary>
public sealed class NewerVersionTests
{
    private static readonly CallId Id = CallId.Parse("call-1");

    [Fact]
    public async Task A_message_that_only_a_newer_server_knows_is_refused_and_what_follows_it_arrives()
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        using var bob = await node.ConnectAsync("bob", "b1");
        await alice.SendAsync(new InitiateMessage { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer" });
        await bob.NextAsync<OfferMessage>();
        await bob.SendAsync(new AnswerMessage { CallId = Id, Seq = 1, Sdp = "answer" });
        await alice.NextAsync<AnswerMessage>();
        var link = (await node.Grains.User("alice").DevicesAsync()).Single();

        var reply = await node.Grains.Call(Id.Value).ReceiveAsync(link, Bytes("""{"type":"call:hologram","callId":"call-1","seq":2,"depth":3}"""), at: 0);
        await alice.SendAsync(new MediaStateMessage { CallId = Id, Seq = 3, Muted = true });

        reply.Status.Should().Be(CallReplyStatus.Done, "it will not be known when it is asked again");
        SignalingJson.TryParse(reply.Posts.Should().ContainSingle().Subject.Json, out var refusal, out _).Should().BeTrue();
        refusal.Should().BeOfType<ErrorMessage>().Which.Code.Should().Be(ErrorCodes.BadMessage);
        (await bob.NextAsync<MediaStateMessage>()).Muted.Should().BeTrue();
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"call:hologram","callId":"call-1","seq":2}""")]
    [InlineData("""{"type":"call:hologram","callId":"call-1","seq":"two"}""")]
    [InlineData("""["call:hologram"]""")]
    [InlineData("")]
    public async Task A_call_that_does_not_begin_with_what_is_known_does_not_begin(string text)
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        var link = (await node.Grains.User("alice").DevicesAsync()).Single();
        var call = node.Grains.Call(Id.Value);

        (await call.ReceiveAsync(link, Bytes(text), at: 0)).Status.Should().Be(CallReplyStatus.Unknown);
        (await call.StartAsync(link, Bytes(text), [new RungUser("bob", "alice")], at: 0)).Posts.Should().ContainSingle();
        (await call.TouchAsync(null)).Status.Should().Be(CallReplyStatus.Unknown);
        (await node.Grains.User("alice").CallsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_a_message_that_is_known_a_newer_field_is_passed_over()
    {
        await using var node = await OneNode.StartAsync();
        using var alice = await node.ConnectAsync("alice", "a1");
        using var bob = await node.ConnectAsync("bob", "b1");
        var link = (await node.Grains.User("alice").DevicesAsync()).Single();

        await node.Grains.Call(Id.Value).StartAsync(
            link, Bytes("""{"type":"call:initiate","callId":"call-1","seq":1,"chatId":"bob","sdp":"offer","hologram":{"depth":[3]}}"""), [new RungUser("bob", "alice")], at: 0);

        (await bob.NextAsync<OfferMessage>()).Sdp.Should().Be("offer");
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
