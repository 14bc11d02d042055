namespace Calls.Signaling.Server.Orleans.Tests;

public sealed class DocumentTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private static readonly Party Alice = new("alice", "a1", "Alice");
    private static readonly Party Bob = new("bob", "b1");
    private static readonly Link Connection = new("bob", "b1", null, Guid.Parse("c1a5f0f0-0000-4000-8000-000000000001"), 7, "127.0.0.1:1@2", "sys.client/x");

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, 7)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_call_is_read_as_it_was_written_wherever_it_stands(int steps)
    {
        var turn = new CallTurn(null, TimeSpan.FromDays(20_000));
        turn.Begin(
            new InitiateMessage { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer\r\n", Video = true }, Alice, [new Callee("bob", "alice")], [Connection],
            new RoutedCallSettings());
        CallMessage[] said =
        [
            new RingingMessage { CallId = Id, Seq = 1 }, new AnswerMessage { CallId = Id, Seq = 2, Sdp = "answer" },
            new CandidatesMessage { CallId = Id, Seq = 3, Candidates = [new IceCandidate("one", "0", 0)] },
            new MediaStateMessage { CallId = Id, Seq = 4, Muted = true }, new EndMessage { CallId = Id, Seq = 5 },
        ];
        foreach (var message in said.Take(steps))
            turn.Step(at => new RoutedInput.Received(at, Bob, message));
        if (steps > said.Length)
            turn.Detach(DeviceKey.Of(Bob), Connection.Connection);

        var text = StoredDocument.Write(turn.Document!, StorageJson.Default.CallDocument);
        var read = StoredDocument.Read(text, StorageJson.Default.CallDocument)!;

        StoredDocument.Write(read, StorageJson.Default.CallDocument).Should().Be(text);
        read.Call.Should().BeEquivalentTo(turn.Document!.Call, options => options.RespectingRuntimeTypes());
        read.Deadlines.Should().Equal(turn.Document.Deadlines);
        read.Links.Should().Equal(turn.Document.Links);
    }

    [Fact]
    public void A_field_of_a_newer_server_is_passed_over()
    {
        var user = new UserDocument { Epoch = 5, Calls = [new UserCall("call-1", AsCaller: true, IsOver: false, DateTimeOffset.UnixEpoch)] };
        var text = StoredDocument.Write(user, StorageJson.Default.UserDocument).Replace("{", """{"newer":{"a":[1]},""", StringComparison.Ordinal);

        var read = StoredDocument.Read(text, StorageJson.Default.UserDocument)!;

        read.Epoch.Should().Be(5);
        read.Devices.Should().BeEmpty();
        read.Calls.Should().Equal(user.Calls);
    }
}
