using Calls.Verification;

namespace Calls.Protocol.Tests;

/// <summary>The code that two people compare: whoever follows the document sees the same pictures.</summary>
public sealed class CodeTests
{
    private static readonly Dictionary<string, string> Example = ProtocolDocument.Table("| what | value |").ToDictionary(row => row[0], row => ProtocolDocument.Code(row[1]));

    [Fact]
    public void The_pictures_stand_in_their_order()
        => ProtocolDocument.Table("| | +0 |").SelectMany(row => row[1..]).Should().Equal(EmojiAlphabet.All.Select(emoji => $"{emoji.Symbol} {emoji.Name}"));

    [Fact]
    public void The_example_is_what_both_sides_come_to()
    {
        var id = CallId.Parse(Example["callId"]);
        CodeExchange caller = new(() => Number("caller's number")), callee = new(() => Number("callee's number"));

        var initiate = (InitiateMessage)caller.Sending(new InitiateMessage { CallId = id, ChatId = "bob", Sdp = Sdp("caller's print") });
        callee.Received(new OfferMessage { CallId = id, ChatId = "alice", Sdp = initiate.Sdp, Commitment = initiate.Commitment });
        var answer = (AnswerMessage)callee.Sending(new AnswerMessage { CallId = id, Sdp = Sdp("callee's print") });
        var reveal = caller.Received(answer)!;
        callee.Received(reveal);

        initiate.Commitment.Should().Be(Example["commitment"]);
        answer.Nonce.Should().Be(Example["callee's number"]);
        reveal.Nonce.Should().Be(Example["caller's number"]);
        foreach (var code in new[] { caller.Code, callee.Code })
            code!.ToString().Should().Be($"{Example["pictures"]} {Example["digits"]}");
    }

    [Fact]
    public void The_commitment_of_the_example_of_a_call_is_to_the_number_that_is_revealed()
    {
        Reading.Message<InitiateMessage>(ProtocolDocument.ExampleOf("call:initiate")).Commitment.Should().Be(Example["commitment"]);
        Reading.Message<RevealMessage>(ProtocolDocument.ExampleOf("call:reveal")).Nonce.Should().Be(Example["caller's number"]);
        Reading.Message<AnswerMessage>(ProtocolDocument.ExampleOf("call:answer")).Nonce.Should().Be(Example["callee's number"]);
    }

    private static byte[] Number(string name) => System.Buffers.Text.Base64Url.DecodeFromChars(Example[name]);

    private static string Sdp(string name) => $"v=0\r\na=fingerprint:{Example[name]}\r\n";
}
