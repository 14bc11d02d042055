using System.Text;
using Calls.Signaling;

namespace Calls.Tests.Signaling;

public sealed class AbsentFieldsTests
{
    [Theory]
    [InlineData("""{"type":"call:ice-candidate","callId":"c1"}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"c1","candidate":null}""")]
    public void Absent_candidates_and_a_browsers_null_candidate_are_an_empty_list(string text)
        => Read<CandidatesMessage>(text).Candidates.Should().BeEmpty();

    [Fact]
    public void A_bare_candidate_is_a_list_of_one()
        => Read<CandidatesMessage>("""{"type":"call:ice-candidate","callId":"c1","candidate":{"candidate":"x"}}""").Candidates
            .Should().Equal(new IceCandidate("x"));

    [Fact]
    public void No_absent_list_or_text_is_null()
    {
        Read<ResumeMessage>("""{"type":"call:resume"}""").Calls.Should().BeEmpty();
        Read<NegotiateMessage>("""{"type":"call:negotiate","callId":"c1","kind":"reject"}""").Sdp.Should().BeEmpty();
        var welcome = Read<WelcomeMessage>("""{"type":"call:welcome","iceServers":[{}]}""");
        welcome.UserId.Should().BeEmpty();
        welcome.DeviceId.Should().BeEmpty();
        welcome.Calls.Should().BeEmpty();
        welcome.IceServers.Should().ContainSingle().Which.Urls.Should().BeEmpty();
    }

    private static T Read<T>(string text)
        where T : SignalingMessage
    {
        SignalingJson.TryParse(Encoding.UTF8.GetBytes(text), out var message, out var error).Should().BeTrue(error);
        return message.Should().BeOfType<T>().Subject;
    }
}
