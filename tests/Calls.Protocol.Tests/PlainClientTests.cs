using System.Text;

namespace Calls.Protocol.Tests;

/// <summary>What a client sends that knows only the names of the seed, and the browser's own shapes.</summary>
public sealed class PlainClientTests
{
    [Fact]
    public void A_bare_candidate_is_read_as_the_browser_writes_it()
        => Reading.Message<CandidatesMessage>("""
            {"type":"call:ice-candidate","callId":"a","candidate":{"candidate":"candidate:1 1 udp 2 192.0.2.1 9 typ host","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"Yx"}}
            """).Candidates.Should().Equal(new IceCandidate("candidate:1 1 udp 2 192.0.2.1 9 typ host", "0", 0, "Yx"));

    [Fact]
    public void A_bare_candidate_may_have_nulls()
        => Reading.Message<CandidatesMessage>(
            """{"type":"call:ice-candidate","callId":"a","candidate":{"candidate":"candidate:1","sdpMid":null,"sdpMLineIndex":null,"usernameFragment":null}}""")
            .Candidates.Should().Equal(new IceCandidate("candidate:1"));

    [Fact]
    public void A_null_candidate_is_no_candidate()
        => Reading.Message<CandidatesMessage>("""{"type":"call:ice-candidate","callId":"a","candidate":null}""").Candidates.Should().BeEmpty();

    [Fact]
    public void An_empty_candidate_ends_the_generation()
        => Reading.Message<CandidatesMessage>("""{"type":"call:ice-candidate","callId":"a","candidate":{"candidate":""}}""")
            .Candidates.Should().Equal(new IceCandidate(""));

    [Theory]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidate":{"candidate":"one"},"candidates":[{"candidate":"two"}]}""", "one", "two")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{"candidate":"two"}],"candidate":{"candidate":"one"}}""", "two", "one")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidate":null,"candidates":[{"candidate":"two"}]}""", "two")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{"candidate":"two"}],"candidate":null}""", "two")]
    public void Where_both_shapes_are_given_nothing_is_lost(string json, params string[] candidates)
        => Reading.Message<CandidatesMessage>(json).Candidates.Select(candidate => candidate.Candidate).Should().BeEquivalentTo(candidates);

    [Fact]
    public void Candidates_are_written_as_an_array_only()
        => Encoding.UTF8.GetString(SignalingJson.Serialize(new CandidatesMessage { CallId = CallId.Parse("a"), Candidates = [new("one")] }))
            .Should().Be("""{"type":"call:ice-candidate","candidates":[{"candidate":"one"}],"callId":"a"}""");

    [Theory]
    [InlineData("""{"type":"call:initiate","callId":"a","chatId":"bob","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:initiate","callId":"a","chatId":"bob","video":false,"sdp":"v=0"}""")]
    public void Video_is_off_where_it_is_not_said(string json)
        => Reading.Message<InitiateMessage>(json).Video.Should().BeFalse();

    [Theory]
    [InlineData("call:end", typeof(EndMessage))]
    [InlineData("call:reject", typeof(RejectMessage))]
    [InlineData("call:rejected", typeof(RejectedMessage))]
    public void A_reason_may_be_missing_or_null(string type, Type message)
    {
        Reading.Message($$"""{"type":"{{type}}","callId":"a"}""").Should().BeOfType(message);
        Reading.Message($$"""{"type":"{{type}}","callId":"a","reason":null}""").Should().BeOfType(message);
    }

    [Theory]
    [InlineData("""{"type":"call:no-answer","callId":"a"}""")]
    [InlineData("""{"type":"call:answer","callId":"a","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:offer","callId":"a","chatId":"bob","video":true,"sdp":"v=0"}""")]
    public void A_message_without_seq_takes_no_part_in_replay(string json)
        => Reading.Message(json).As<CallMessage>().Seq.Should().BeNull();

    [Fact]
    public void A_video_source_of_a_newer_peer_counts_as_off()
        => Reading.Message<MediaStateMessage>("""{"type":"call:media","callId":"a","video":"hologram"}""").Video.Should().Be(VideoSource.Off);

    [Fact]
    public void Fields_that_are_missing_have_their_defaults_and_no_list_is_null()
    {
        Reading.BeSame(Reading.Message("""{"type":"call:welcome"}"""), new WelcomeMessage());
        Reading.BeSame(Reading.Message("""{"type":"call:welcome","iceServers":[{}]}"""), new WelcomeMessage { IceServers = [new()] });
        Reading.BeSame(Reading.Message("""{"type":"call:resume"}"""), new ResumeMessage());
        Reading.BeSame(Reading.Message("""{"type":"call:ice-candidate","callId":"a"}"""), new CandidatesMessage { CallId = CallId.Parse("a") });
        Reading.BeSame(
            Reading.Message("""{"type":"call:negotiate","callId":"a","kind":"reject"}"""),
            new NegotiateMessage { CallId = CallId.Parse("a"), Kind = NegotiateKind.Reject });
        new WelcomeMessage().Protocol.Should().Be(1);
    }
}
