using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

public class GlareTests
{
    private static readonly CallId Smallest = CallId.Parse("0");

    [Fact]
    public async Task B24_the_loser_opens_its_devices_once_closes_its_connection_and_its_start_returns_the_winners_id()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.Prompt = new TaskCompletionSource();
        var start = fixture.Manager.StartOutgoingAsync("bob", video: true);
        await fixture.Until(CallState.Outgoing);
        fixture.Channel.Receive(Offer(Smallest));
        await fixture.Until(CallState.Connecting);
        fixture.Media.Prompt.SetResult();
        (await start.WaitAsync(TimeSpan.FromSeconds(10))).Should().Be(Smallest);
        fixture.Session.RaiseState(MediaConnectionState.Connected);
        await fixture.Until(CallState.Connected);
        fixture.Media.Opened.Should().ContainSingle();
        fixture.Media.Sessions.Should().ContainSingle();
        fixture.Channel.Sent.OfType<InitiateMessage>().Should().BeEmpty();
    }

    [Fact]
    public async Task B24_after_both_offers_were_sent_the_loser_gives_its_connection_up_and_keeps_its_devices()
    {
        await using var fixture = new ManagerFixture();
        var own = await fixture.Manager.StartOutgoingAsync("bob", video: true);
        var first = fixture.Session;
        fixture.Channel.Receive(Offer(Smallest));
        (await fixture.Channel.NextAsync<AnswerMessage>()).CallId.Should().Be(Smallest);
        fixture.Session.Should().NotBeSameAs(first);
        await ManagerFixture.Eventually(() => first.Disposals > 0);
        first.HasObservers.Should().BeFalse();
        fixture.Media.Opened.Single().Disposals.Should().Be(0);
        fixture.Channel.Sent.OfType<EndMessage>().Should().ContainSingle().Which.CallId.Should().Be(own);
        first.RaiseState(MediaConnectionState.Failed);
        fixture.Session.RaiseState(MediaConnectionState.Connected);
        await fixture.Until(CallState.Connected);
        fixture.Ends.Should().BeEmpty();
    }

    [Fact]
    public async Task B24_the_prompt_of_the_loser_that_is_refused_ends_the_winners_call_too()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.Prompt = new TaskCompletionSource();
        fixture.Media.OpenFailure = new MediaException(MediaFailure.PermissionDenied, "refused");
        var start = fixture.Manager.StartOutgoingAsync("bob", video: false);
        await fixture.Until(CallState.Outgoing);
        fixture.Channel.Receive(Offer(Smallest));
        await fixture.Until(CallState.Connecting);
        fixture.Media.Prompt.SetResult();
        (await start.Invoking(task => task).Should().ThrowAsync<CallException>()).Which.End!.Reason.Should().Be(CallEndReason.MediaDenied);
        (await fixture.Channel.NextAsync<RejectMessage>()).Should().BeEquivalentTo(new { CallId = Smallest, Reason = RejectReasons.MediaFailed });
    }

    [Fact]
    public async Task B28_a_recall_ends_the_old_call_and_rings_with_the_new_one()
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        var again = fixture.Ring();
        (await fixture.Until(CallState.IncomingRinging)).CallId.Should().Be(again);
        await ManagerFixture.Eventually(() => fixture.States.Count == 6 && fixture.Ends.Count == 1);
        fixture.States.Should().EndWith([CallState.Connected, CallState.Ended, CallState.IncomingRinging]);
        await ManagerFixture.Eventually(() => fixture.Ends.Count == 1);
        fixture.Ends.Single().Reason.Should().Be(CallEndReason.Replaced);
        await ManagerFixture.Eventually(() => fixture.Media.Opened.Single().Disposals > 0);
    }

    private static OfferMessage Offer(CallId id) => new()
    {
        CallId = id, ChatId = "bob", Sdp = "remote-offer", Video = true, RingTimeoutMs = 45_000, From = new("bob", "phone", "Bob"), Seq = 1,
    };
}
