using System.Text;
using Calls.Tests.Properties;
using CsCheck;

namespace Calls.Protocol.Tests.Properties;

public sealed class RoundTripTests
{
    public static TheoryData<int> Kinds => new(Enumerable.Range(0, Messages.Kinds.Count));

    [Fact]
    public void Every_type_of_message_is_generated()
        => Messages.Kinds.Select(kind => kind.Single().GetType()).Should().BeEquivalentTo(Samples.All.Select(sample => sample.Message.GetType()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_is_read_as_the_same_whatever_its_fields_hold(int kind)
        => Messages.Kinds[kind].Sample(ReadsTheSame, iter: FuzzRuns.At(cost: 20));

    private static void ReadsTheSame(SignalingMessage message)
    {
        var written = SignalingJson.Serialize(message);
        if (!SignalingJson.TryParse(written, out var read, out var error))
            Assert.Fail($"{error} {Encoding.UTF8.GetString(written)}");
        Bare(read).Should().Be(Bare(message));
        Lists(read).Should().Equal(Lists(message));
        SignalingJson.Serialize(read).Should().Equal(written);
    }

    /// <summary>The message without its lists, which records compare by reference.</summary>
    private static SignalingMessage Bare(SignalingMessage message) => message switch
    {
        CandidatesMessage candidates => candidates with { Candidates = Array.Empty<IceCandidate>() },
        ResumeMessage resume => resume with { Calls = Array.Empty<CallProgress>() },
        WelcomeMessage welcome => welcome with { Calls = Array.Empty<CallProgress>(), IceServers = Array.Empty<IceServer>() },
        _ => message,
    };

    private static IEnumerable<object?> Lists(SignalingMessage message) => message switch
    {
        CandidatesMessage candidates => candidates.Candidates,
        ResumeMessage resume => resume.Calls,
        WelcomeMessage welcome =>
        [
            .. welcome.Calls, .. welcome.IceServers.SelectMany(server => (object?[])[server.Username, server.Credential, server.Urls.Count, .. server.Urls]),
        ],
        _ => [],
    };
}
