using Calls.Media;

namespace Calls.Blazor.Tests.Texts;

public sealed class CallTextsTests
{
    public static TheoryData<CallEndReason> Reasons => [.. Enum.GetValues<CallEndReason>()];

    public static TheoryData<MediaFailure> Failures => [.. Enum.GetValues<MediaFailure>()];

    private static string Say(CallEndReason reason, CallEndedBy by = CallEndedBy.Peer, CallRole role = CallRole.Caller, Exception? error = null)
        => CallTexts.English.Ended(
            new CallEnd { CallId = CallId.New(), Reason = reason, By = by, In = CallState.Outgoing, Error = error }, role, "Bob");

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_a_sentence_of_its_own(CallEndReason reason)
    {
        var said = Say(reason);
        said.Should().NotBeNullOrWhiteSpace().And.NotContain(reason.ToKey() + ".");
        Enum.GetValues<CallEndReason>().Where(other => other != reason && Say(other) == said).Should().BeEmpty();
    }

    [Theory]
    [InlineData(CallEndReason.Declined, CallEndedBy.Peer, CallRole.Caller, "Bob declined the call")]
    [InlineData(CallEndReason.Declined, CallEndedBy.Me, CallRole.Callee, "Call declined")]
    [InlineData(CallEndReason.Busy, CallEndedBy.Peer, CallRole.Caller, "Bob is in another call")]
    [InlineData(CallEndReason.NoAnswer, CallEndedBy.Server, CallRole.Caller, "Bob did not answer")]
    [InlineData(CallEndReason.NoAnswer, CallEndedBy.Server, CallRole.Callee, "Missed call from Bob")]
    [InlineData(CallEndReason.Cancelled, CallEndedBy.Me, CallRole.Caller, "Call cancelled")]
    [InlineData(CallEndReason.Cancelled, CallEndedBy.Peer, CallRole.Callee, "Missed call from Bob")]
    [InlineData(CallEndReason.HungUp, CallEndedBy.Me, CallRole.Caller, "Call ended")]
    public void The_sentence_fits_the_side_that_reads_it(CallEndReason reason, CallEndedBy by, CallRole role, string sentence)
        => Say(reason, by, role).Should().Be(sentence);

    [Theory]
    [MemberData(nameof(Failures))]
    public void B12_every_failure_of_the_microphone_has_a_sentence_of_its_own(MediaFailure failure)
    {
        var said = Say(CallEndReason.MediaFailed, CallEndedBy.Me, error: new MediaException(failure, "for developers"));
        said.Should().NotBeNullOrWhiteSpace().And.NotContain("for developers");
        Enum.GetValues<MediaFailure>().Where(other => other != failure && CallTexts.English.NoMicrophone(other) == said).Should().BeEmpty();
        CallTexts.English.NoCamera(failure).Should().NotBeNullOrWhiteSpace();
    }

    [Fact]
    public void B12_a_refused_microphone_says_what_to_do()
    {
        Say(CallEndReason.MediaDenied, CallEndedBy.Me).Should().Contain("Allow it");
        Say(CallEndReason.MediaFailed, CallEndedBy.Me, error: new MediaException(MediaFailure.InsecureOrigin, "x")).Should().Contain("https://");
    }
}
