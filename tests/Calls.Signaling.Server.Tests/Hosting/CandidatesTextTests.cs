using System.Text;

namespace Calls.Signaling.Server.Tests;

public sealed class CandidatesTextTests
{
    private const string Plain = "{\"type\":\"call:ice-candidate\",\"callId\":\"call-1\",\"seq\":7,\"candidates\":"
        + "[{\"candidate\":\"candidate:1 1 udp 1 192.0.2.1 5000 typ host\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":null},{\"candidate\":\"\"}]}";

    [Fact]
    public void A_plain_text_is_read_as_far_as_routing_needs()
    {
        CandidatesText.TryRead(Encoding.UTF8.GetBytes(Plain), out var text).Should().BeTrue();

        Encoding.UTF8.GetString(text.CallId).Should().Be("call-1");
        (text.Seq, text.Count).Should().Be((7, 2));
        Encoding.UTF8.GetString(text.Candidates).Should().StartWith("[{\"candidate\":\"candidate:1").And.EndWith("{\"candidate\":\"\"}]");
    }

    [Fact]
    public void What_our_own_clients_write_is_plain()
    {
        var message = new CandidatesMessage { CallId = CallId.New(), Seq = 1, Candidates = [new IceCandidate("candidate:1", "0", 0, "EsAw")] };
        CandidatesText.TryRead(SignalingJson.Serialize(message), out _).Should().BeTrue();
    }

    [Theory]
    [InlineData("\"call-1\"", "\"call 1\"", "an id of another alphabet")]
    [InlineData("\"seq\":7", "\"seq\":0", "a number that is none")]
    [InlineData("\"seq\":7", "\"seq\":07", "a number that is no JSON")]
    [InlineData("\"seq\":7", "\"seq\":1e3", "a number with an exponent")]
    [InlineData("\"seq\":7", "\"seq\":99999999999", "a number that is too large")]
    [InlineData("\"seq\":7", "\"seq\":7,\"seq\":7", "a field that is there twice")]
    [InlineData("\"seq\":7", "\"seq\":7,\"more\":1", "a field that is not known, and is not passed on")]
    [InlineData("\"seq\":7", "\"from\":null", "a sender's own idea of who he is")]
    [InlineData("192.0.2.1", "192\\u002e0.2.1", "an escape")]
    [InlineData("192.0.2.1", "192.0.2.ü", "what is not ASCII")]
    [InlineData("192.0.2.1", "192.0.2\n", "a control character")]
    [InlineData("\"sdpMLineIndex\":0", "\"sdpMLineIndex\":-1", "a number below 0")]
    [InlineData("\"sdpMid\":\"0\"", "\"sdpMid\":0", "a field of another kind")]
    [InlineData("\"candidate\":\"\"", "\"sdpMid\":\"\"", "a candidate without its text")]
    [InlineData(",{\"candidate\":\"\"}", ",null", "a hole in the list")]
    [InlineData("call:ice-candidate", "call:answer", "another type")]
    [InlineData("}]}", "}]}}", "more than one object")]
    [InlineData("}]}", "}]", "less than one object")]
    [InlineData(",", ", ", "blanks")]
    public void Whatever_else_is_left_to_the_reader_of_all_messages(string old, string changed, string because)
        => CandidatesText.TryRead(Encoding.UTF8.GetBytes(Plain.Replace(old, changed, StringComparison.Ordinal)), out _).Should().BeFalse(because);

    [Fact]
    public void What_is_read_here_the_reader_of_all_messages_reads_alike()
    {
        var random = new Random(20_261);
        var accepted = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = Mutated(random);
            if (!CandidatesText.TryRead(bytes, out var text))
                continue;
            accepted++;
            SignalingJson.TryParse(bytes, out var message, out var error).Should().BeTrue(error);
            var candidates = message.Should().BeOfType<CandidatesMessage>().Subject;
            (candidates.CallId.Value, candidates.Seq ?? 0, candidates.Candidates.Count)
                .Should().Be((Encoding.UTF8.GetString(text.CallId), text.Seq, text.Count));
            var read = text.Read();
            (read.CallId, read.Seq, read.Candidates.Count).Should().Be((candidates.CallId, candidates.Seq, candidates.Candidates.Count));
            read.Candidates.SequenceEqual(candidates.Candidates).Should().BeTrue();
        }

        accepted.Should().BeGreaterThan(1_000);
    }

    /// <summary>The plain text with a byte or two that are other ones, missing, or there twice.</summary>
    private static byte[] Mutated(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Plain).ToList();
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, bytes[random.Next(bytes.Count)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
