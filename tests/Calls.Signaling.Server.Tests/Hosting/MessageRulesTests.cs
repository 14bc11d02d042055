namespace Calls.Signaling.Server.Tests;

/// <summary>A front end may hand the router a message that no text was read for: it is held to what the reader of texts asks.</summary>
public sealed class MessageRulesTests
{
    private static readonly CallId Id = CallId.Parse("c1");

    public static TheoryData<string, SignalingMessage> Broken => new()
    {
        { "chatId", new InitiateMessage { CallId = Id, ChatId = "", Sdp = "offer" } },
        { "chatId", new InitiateMessage { CallId = Id, ChatId = new string('x', 257), Sdp = "offer" } },
        { "seq", new EndMessage { CallId = Id, Seq = 0 } },
        { "candidates", new CandidatesMessage { CallId = Id, Candidates = [null!] } },
        { "candidates", new CandidatesMessage { CallId = Id, Candidates = [new IceCandidate("candidate", SdpMLineIndex: -1)] } },
        { "calls", new ResumeMessage { Calls = [null!] } },
        { "calls", new ResumeMessage { Calls = [new CallProgress(Id, -1)] } },
        { "round", new NegotiateMessage { CallId = Id, Round = -1, Sdp = "offer" } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void B22_what_a_text_may_not_say_a_message_without_one_may_not_say_either(string field, SignalingMessage message)
        => MessageRules.Check(message).Should().StartWith(field);

    [Fact]
    public void A_message_that_breaks_no_rule_passes()
        => MessageRules.Check(new InitiateMessage { CallId = Id, Seq = 1, ChatId = new string('x', 256), Sdp = "offer" }).Should().BeNull();
}
