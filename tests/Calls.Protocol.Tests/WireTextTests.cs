using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Calls.Protocol.Tests;

/// <summary>Descriptions and candidates, which a server passes on without reading them.</summary>
public sealed class WireTextTests
{
    private const string Escaped = "v=0\\r\\na=\\u00fc/\\ud83d\\ude00 \\\"x\\\\\\t";
    private const string Plain = "v=0\\r\\na=ice-pwd:a+b/c <ü>";

    [Theory]
    [InlineData(Plain, "v=0\r\na=ice-pwd:a+b/c <ü>")]
    [InlineData(Escaped, "v=0\r\na=ü/😀 \"x\\\t")]
    [InlineData("", "")]
    public void A_description_reads_as_it_was_meant(string json, string text)
    {
        Parse<AnswerMessage>(Answer(json)).Sdp.Should().Be(text);
        Parse<InitiateMessage>("{\"type\":\"call:initiate\",\"callId\":\"c\",\"chatId\":\"bob\",\"sdp\":\"" + json + "\"}").Sdp.Should().Be(text);
    }

    [Fact]
    public void A_description_goes_out_letter_by_letter_as_it_came()
        => Written(Parse<AnswerMessage>(Answer(Plain))).Should().Be(Answer(Plain));

    [Fact]
    public void A_message_as_it_came_equals_the_same_message_as_it_was_made()
    {
        var came = Parse<AnswerMessage>(Answer(Plain));
        var made = new AnswerMessage { CallId = CallId.Parse("c"), Sdp = came.Sdp };

        came.Should().Be(made).And.NotBe(made with { Sdp = "v=1" });
        came.GetHashCode().Should().Be(made.GetHashCode());
        came.ToString().Should().Be(made.ToString());
    }

    [Fact]
    public void Candidates_that_are_not_read_go_out_as_they_came_and_read_as_they_were_meant()
    {
        const string Json = "[{\"candidate\":\"candidate:1 +\",\"sdpMid\":null},{\"candidate\":\"\"}]";
        var message = new CandidatesMessage { CallId = CallId.Parse("c"), Seq = 2, Candidates = new WireCandidates(Encoding.UTF8.GetBytes(Json), 2) };

        Written(message).Should().Be("{\"type\":\"call:ice-candidate\",\"candidates\":" + Json + ",\"callId\":\"c\",\"seq\":2}");
        message.Candidates.Should().Equal(new IceCandidate("candidate:1 +"), new IceCandidate(""));
        message.Candidates[1].Candidate.Should().BeEmpty();
    }

    private static string Answer(string sdp) => "{\"type\":\"call:answer\",\"sdp\":\"" + sdp + "\",\"callId\":\"c\"}";

    private static T Parse<T>(string json)
    {
        SignalingJson.TryParse(Encoding.UTF8.GetBytes(json), out var message, out var error).Should().BeTrue(error);
        return message.Should().BeOfType<T>().Subject;
    }

    private static string Written(SignalingMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            SignalingJson.Serialize(json, message);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
