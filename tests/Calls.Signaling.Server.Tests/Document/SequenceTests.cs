using Calls.Protocol.Tests;

namespace Calls.Signaling.Server.Tests;

/// <summary>Every sequence of <c>docs/protocol.md</c> is what the server does: no message more, none less, in this order at each device.</summary>
public sealed class SequenceTests
{
    private static readonly Sequence[] All = [.. ProtocolDocument.Blocks("mermaid").Select((text, at) => Sequence.Read($"sequence {at + 1}", text))];

    public static TheoryData<string> Titles => new(All.Select(sequence => sequence.Title));

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task A_sequence_of_the_document_is_what_the_server_does(string title)
    {
        await using var server = await SignalingServer.StartAsync();
        await new SequencePlay(server, All.Single(sequence => sequence.Title == title)).RunAsync();
    }

    [Fact]
    public void The_sequences_show_what_the_document_is_about()
    {
        All.Should().HaveCountGreaterThanOrEqualTo(7);
        All.Should().Contain(sequence => !sequence.IsNumbered, "the least client has one of its own");
    }
}
