using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>What a server of another version has left in the storage is read, or refused without harm to anybody.</summary>
public sealed class EarlierVersionTests
{
    private static readonly CallId Id = CallId.Parse("call-1");

    public static TheoryData<string> Unreadable =>
    [
        "", "null and void", "{", "[]", "17", """{"Document":"{\"epoch\":1}"}""", """{"call":{"id":""}}""", """{"call":{"id":"call-1","phase":"Levitating"},"epoch":"x"}""",
        """{"epoch":1,"call":17,"devices":{},"calls":"none"}""",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_user_and_a_call_that_cannot_be_read_begin_anew(string left)
    {
        await using var node = await OneNode.StartAsync();
        await WriteAsync(node, "user", node.Grains.GetGrain<IUserGrain>(UserKey.Of("alice")).GetGrainId(), left);
        await WriteAsync(node, "call", node.Grains.GetGrain<ICallGrain>(Id.Value).GetGrainId(), left);

        using var alice = await node.ConnectAsync("alice", "a1");
        using var bob = await node.ConnectAsync("bob", "b1");
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 1 });
        await alice.NextErrorAsync(ErrorCodes.NotAllowed);
        await alice.SendAsync(new InitiateMessage { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer" });
        (await bob.NextAsync<OfferMessage>()).Sdp.Should().Be("offer");
        await bob.SendAsync(new AnswerMessage { CallId = Id, Seq = 1, Sdp = "answer" });
        (await alice.NextAsync<AnswerMessage>()).Sdp.Should().Be("answer");
    }

    [Fact]
    public async Task A_call_of_which_a_page_cannot_be_read_is_over_and_harms_no_other()
    {
        await using var node = await OneNode.StartAsync();
        var id = node.Grains.GetGrain<ICallGrain>(Id.Value).GetGrainId();
        await WriteAsync(node, "call", id, Text(call => call with { Kept = [new KeptRun(0, 1, KeptPages.Size, "before")] }));
        await WriteAsync(node, "kept-before-0-1", id, """{"messages":[{"what":"is this"}]}""");

        using var alice = await node.ConnectAsync("alice", "a1");
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });

        (await alice.NextErrorAsync(ErrorCodes.NotAllowed)).CallId.Should().Be(Id);
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_call_that_was_stored_without_what_came_later_and_with_what_is_unknown_goes_on()
    {
        await using var node = await OneNode.StartAsync();
        var text = Text(call => call).Replace(""","kept":[]""", "", StringComparison.Ordinal).Insert(1, """
            "newer":{"a":[1]},
            """);
        text.Should().NotContain("kept");
        await WriteAsync(node, "call", node.Grains.GetGrain<ICallGrain>(Id.Value).GetGrainId(), text);

        using var alice = await node.ConnectAsync("alice", "a1");
        using var bob = await node.ConnectAsync("bob", "b1");
        await bob.SendAsync(new AnswerMessage { CallId = Id, Seq = 1, Sdp = "answer" });
        await alice.SendAsync(new ResumeMessage { Calls = [new CallProgress(Id, 0)] });

        (await alice.NextAsync<AnswerMessage>()).Sdp.Should().Be("answer");
    }

    private static string Text(Func<CallDocument, CallDocument> change)
    {
        var turn = new CallTurn(null, TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch);
        turn.Begin(new InitiateMessage { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer" }, new Party("alice", "a1"), [new Callee("bob", "alice")], [], new RoutedCallSettings());
        return StoredDocument.Write(change(turn.Document!), StorageJson.Default.CallDocument);
    }

    private static Task WriteAsync(OneNode node, string name, GrainId grain, string text) => node.Services.GetRequiredKeyedService<IGrainStorage>(CallStorage.Name)
        .WriteStateAsync(name, grain, new GrainState<StoredDocument>(new StoredDocument { Document = text }));
}
