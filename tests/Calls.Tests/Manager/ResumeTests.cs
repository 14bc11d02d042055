using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

/// <summary>What the manager does when the signaling connection goes and comes.</summary>
public class ResumeTests
{
    [Fact]
    public async Task B38_a_call_stays_connected_without_signaling_and_learns_a_missed_end_afterwards()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync();
        fixture.Channel.Lose();
        await fixture.SettleAsync();
        fixture.Manager.Current.State.Should().Be(CallState.Connected);

        fixture.Channel.Connect(new CallProgress(id, 2));
        var resume = await LastResumeAsync(fixture);
        resume.Calls.Should().Equal(new CallProgress(id, 1));
        fixture.Channel.Receive(new EndMessage { CallId = id, Reason = EndReasons.Hangup, Seq = 2 });
        (await fixture.Until(CallState.Ended)).End!.Reason.Should().Be(CallEndReason.HungUp);
    }

    [Fact]
    public async Task B39_what_the_server_has_not_got_is_sent_again_and_what_it_has_is_not()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.Manager.StartOutgoingAsync("bob", false);
        fixture.Session.Raise(new LocalCandidatesGathered([new("a")]));
        fixture.Session.Raise(new LocalCandidatesGathered([new("b")]));
        await ManagerFixture.Eventually(() => fixture.Channel.Sent.OfType<CallMessage>().Count() == 3);
        fixture.Channel.Lose();
        await fixture.SettleAsync();
        fixture.Session.Raise(new LocalCandidatesGathered([new("c")]));
        await fixture.SettleAsync();

        fixture.Channel.Sent.Clear();
        fixture.Channel.Connect(new CallProgress(id, 2));
        await ManagerFixture.Eventually(() => fixture.Channel.Sent.Count >= 3);
        fixture.Channel.Sent.OfType<CallMessage>().Select(message => message.Seq).Should().Equal(3, 4);
        fixture.Channel.Sent.OfType<CandidatesMessage>().SelectMany(message => message.Candidates).Select(candidate => candidate.Candidate)
            .Should().Equal("b", "c");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B42_a_server_that_was_started_anew_does_not_ring_for_a_call_that_goes_on_and_is_asked_once(bool calls)
    {
        await using var fixture = new ManagerFixture();
        if (calls)
            await fixture.ConnectOutgoingAsync();
        else
            await AnswerAsync(fixture);
        fixture.Channel.Lose();
        await fixture.SettleAsync();
        await fixture.Manager.ToggleMuteAsync();

        fixture.Channel.Sent.Clear();
        fixture.Channel.Connect();
        await ManagerFixture.Eventually(() => !fixture.Channel.Sent.IsEmpty);
        await fixture.SettleAsync();
        var asked = fixture.Channel.Sent.OfType<CallMessage>().Should().ContainSingle().Subject.Should().BeOfType<MediaStateMessage>().Subject;
        asked.Muted.Should().BeTrue();

        fixture.Channel.Receive(new ErrorMessage { CallId = asked.CallId, Code = ErrorCodes.NotAllowed });
        await fixture.SettleAsync();
        fixture.Manager.Current.State.Should().Be(CallState.Connected);
    }

    [Fact]
    public async Task B39_a_call_started_without_signaling_is_sent_as_soon_as_it_is_there()
    {
        await using var fixture = new ManagerFixture(new CallOptions { AutoConnect = false });
        var start = fixture.Manager.StartOutgoingAsync("bob", false);
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Contains("offer"));
        start.IsCompleted.Should().BeFalse();
        await fixture.Manager.ConnectAsync();
        var id = await start.WaitAsync(TimeSpan.FromSeconds(10));
        (await fixture.Channel.NextAsync<InitiateMessage>()).Should().BeEquivalentTo(new { CallId = id, Seq = 1, Sdp = "offer-sdp" });
    }

    [Fact]
    public async Task B16_a_message_that_comes_twice_is_taken_once()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync();
        var candidates = new CandidatesMessage { CallId = id, Candidates = [new("x")], Seq = 2 };
        fixture.Channel.Receive(candidates);
        fixture.Channel.Receive(candidates);
        fixture.Channel.Receive(new CandidatesMessage { CallId = id, Candidates = [new("y")], Seq = 3 });
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Contains("add y"));
        fixture.Media.Journal.Count(act => act == "add x").Should().Be(1);
    }

    [Fact]
    public async Task A_gap_in_the_numbers_asks_for_a_replay()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync();
        fixture.Channel.Sent.Clear();
        fixture.Channel.Receive(new CandidatesMessage { CallId = id, Candidates = [new("y")], Seq = 3 });
        await ManagerFixture.Eventually(() => !fixture.Channel.Sent.IsEmpty);
        fixture.Channel.Sent.OfType<ResumeMessage>().Single().Calls.Should().Equal(new CallProgress(id, 1));
        fixture.Media.Journal.Should().NotContain("add y");
    }

    [Fact]
    public async Task B40_an_end_while_signaling_is_down_ends_here_at_once_and_tells_the_other_later()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync();
        fixture.Channel.Lose();
        await fixture.SettleAsync();
        await fixture.Manager.EndAsync();
        fixture.Manager.Current.State.Should().Be(CallState.Ended);
        fixture.Channel.Sent.Clear();
        fixture.Channel.Connect(new CallProgress(id, 1));
        (await fixture.Channel.NextAsync<EndMessage>()).Should().BeEquivalentTo(new { CallId = id, Seq = 2 });
    }

    [Fact]
    public async Task A_call_cancelled_before_the_server_heard_of_it_never_rings_anybody()
    {
        await using var fixture = new ManagerFixture(new CallOptions { AutoConnect = false });
        var start = fixture.Manager.StartOutgoingAsync("bob", false);
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Contains("offer"));
        await fixture.Manager.EndAsync();
        await start.Invoking(task => task).Should().ThrowAsync<CallException>();
        fixture.Channel.Connect();
        await fixture.Channel.NextAsync<ResumeMessage>();
        await fixture.SettleAsync();
        fixture.Channel.Sent.OfType<CallMessage>().Should().BeEmpty();
    }

    [Fact]
    public async Task A_channel_that_cannot_connect_is_told_and_an_offer_that_waits_fails_when_it_is_closed_for_good()
    {
        var refused = new SignalingException("no") { IsRefused = true };
        await using var fixture = new ManagerFixture(prepare: channel => channel.ConnectFailure = refused);
        fixture.Channel.Close(refused);
        await ManagerFixture.Eventually(() => fixture.Manager.Current.State == CallState.Idle);
        var start = fixture.Manager.StartOutgoingAsync("bob", false);
        await fixture.Until(CallState.Outgoing);
        fixture.Channel.Close(refused);
        (await start.Invoking(task => task).Should().ThrowAsync<CallException>()).Which.End!.Reason.Should().Be(CallEndReason.SignalingFailed);
    }

    private static async Task AnswerAsync(ManagerFixture fixture)
    {
        fixture.Ring();
        await fixture.Until(CallState.IncomingRinging);
        await fixture.Manager.AcceptIncomingAsync(video: false);
        fixture.Session.RaiseState(MediaConnectionState.Connected);
        await fixture.Until(CallState.Connected);
    }

    private static async Task<ResumeMessage> LastResumeAsync(ManagerFixture fixture)
    {
        await ManagerFixture.Eventually(() => fixture.Channel.Sent.OfType<ResumeMessage>().Count() == 2);
        return fixture.Channel.Sent.OfType<ResumeMessage>().Last();
    }
}
