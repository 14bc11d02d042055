using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

/// <summary>An engine that connects without devices makes the connection while the devices open.</summary>
public class SessionAheadTests
{
    private static readonly CallId Smallest = CallId.Parse("0");

    [Fact]
    public async Task S2_the_callers_offer_and_candidates_are_taken_while_the_devices_open_and_not_before_the_user_accepts()
    {
        await using var fixture = Ahead();
        var id = fixture.Ring();
        fixture.Channel.Receive(new CandidatesMessage { CallId = id, Candidates = [new("early", "0", 0)], From = new("bob", "phone", "Bob"), Seq = 2 });
        await fixture.Until(CallState.IncomingRinging);
        await fixture.SettleAsync();
        fixture.Media.Journal.Should().BeEmpty();

        var accept = fixture.Manager.AcceptIncomingAsync(video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 3);
        fixture.Media.Journal.Should().Equal("open video=False muted=False", "connect servers=0", "prepare remote-offer early");

        fixture.Media.Prompt!.SetResult();
        await accept.WaitAsync(TimeSpan.FromSeconds(10));
        fixture.Media.Journal.Skip(3).Take(2).Should().Equal("attach", "answer remote-offer");
        fixture.Media.Sessions.Should().ContainSingle();
    }

    [Fact]
    public async Task B14_candidates_that_come_while_the_devices_open_are_added_at_once_and_again_after_the_answer()
    {
        await using var fixture = Ahead();
        var id = fixture.Ring();
        await fixture.Until(CallState.IncomingRinging);
        var accept = fixture.Manager.AcceptIncomingAsync(video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 3);
        fixture.Channel.Receive(new CandidatesMessage { CallId = id, Candidates = [new("late", "0", 0)], From = new("bob", "phone", "Bob"), Seq = 2 });
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 4);
        fixture.Media.Journal.Skip(2).Should().Equal("prepare remote-offer ", "add late");

        fixture.Media.Prompt!.SetResult();
        await accept.WaitAsync(TimeSpan.FromSeconds(10));
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 7);
        fixture.Media.Journal.Skip(4).Should().Equal("attach", "answer remote-offer", "add late");
    }

    [Fact]
    public async Task B14_candidates_wait_for_a_connection_that_is_still_being_made_and_the_answer_waits_for_them()
    {
        await using var fixture = Ahead();
        fixture.Media.Network = new TaskCompletionSource();
        var id = fixture.Ring();
        await fixture.Until(CallState.IncomingRinging);
        var accept = fixture.Manager.AcceptIncomingAsync(video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 2);
        fixture.Channel.Receive(new CandidatesMessage { CallId = id, Candidates = [new("late", "0", 0)], From = new("bob", "phone", "Bob"), Seq = 2 });
        fixture.Media.Prompt!.SetResult();
        await fixture.SettleAsync();
        fixture.Media.Journal.Should().HaveCount(2);

        fixture.Media.Network.SetResult();
        await accept.WaitAsync(TimeSpan.FromSeconds(10));
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 7);
        fixture.Media.Journal.Skip(2).Should().Equal("prepare remote-offer ", "add late", "attach", "answer remote-offer", "add late");
    }

    [Fact]
    public async Task S1_the_caller_prepares_the_offer_while_the_devices_open_and_sends_it_after()
    {
        await using var fixture = Ahead();
        var start = fixture.Manager.StartOutgoingAsync("bob", video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 3);
        fixture.Channel.Sent.OfType<InitiateMessage>().Should().BeEmpty();
        fixture.Media.Prompt!.SetResult();
        await start.WaitAsync(TimeSpan.FromSeconds(10));
        fixture.Media.Journal.Should().Equal("open video=False muted=False", "connect servers=0", "prepare", "attach", "offer");
    }

    [Fact]
    public async Task B12_a_refused_microphone_closes_the_connection_that_was_made_meanwhile()
    {
        await using var fixture = Ahead();
        fixture.Media.OpenFailure = new MediaException(MediaFailure.PermissionDenied, "refused");
        fixture.Ring();
        await fixture.Until(CallState.IncomingRinging);
        var accept = fixture.Manager.AcceptIncomingAsync(video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Sessions.Count == 1);
        fixture.Media.Prompt!.SetResult();
        await accept.Invoking(task => task).Should().ThrowAsync<CallException>();
        await ManagerFixture.Eventually(() => fixture.Session.Disposals > 0);
        fixture.Media.Journal.Should().NotContain(act => act.StartsWith("answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task B21_an_end_while_the_devices_open_closes_the_connection_at_once()
    {
        await using var fixture = Ahead();
        var start = fixture.Manager.StartOutgoingAsync("bob", video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Sessions.Count == 1);
        await fixture.Manager.EndAsync();
        await start.Invoking(task => task).Should().ThrowAsync<CallException>();
        await ManagerFixture.Eventually(() => fixture.Session.Disposals > 0);
        fixture.Media.Prompt!.SetResult();
        await ManagerFixture.Eventually(() => fixture.Media.Opened.SingleOrDefault()?.Disposals > 0);
    }

    [Fact]
    public async Task B21_devices_that_open_after_the_end_are_closed_though_the_connection_is_still_being_made()
    {
        await using var fixture = Ahead();
        fixture.Media.Network = new TaskCompletionSource();
        var start = fixture.Manager.StartOutgoingAsync("bob", video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Count == 2);
        await fixture.Manager.EndAsync();
        await start.Invoking(task => task).Should().ThrowAsync<CallException>();

        fixture.Media.Prompt!.SetResult();
        try
        {
            await ManagerFixture.Eventually(() => fixture.Media.Opened.SingleOrDefault()?.Disposals > 0);
        }
        finally
        {
            fixture.Media.Network.SetResult();
        }

        await ManagerFixture.Eventually(() => fixture.Media.Sessions.SingleOrDefault()?.Disposals > 0);
    }

    [Fact]
    public async Task B24_a_connection_made_for_the_call_that_gave_way_is_closed_and_the_winner_gets_its_own()
    {
        await using var fixture = Ahead();
        var start = fixture.Manager.StartOutgoingAsync("bob", video: false);
        await ManagerFixture.Eventually(() => fixture.Media.Sessions.Count == 1);
        var given = fixture.Session;
        fixture.Channel.Receive(new OfferMessage
        {
            CallId = Smallest, ChatId = "bob", Sdp = "winner", RingTimeoutMs = 45_000, From = new("bob", "phone", "Bob"), Seq = 1,
        });
        await fixture.Until(CallState.Connecting);
        fixture.Media.Prompt!.SetResult();
        (await start.WaitAsync(TimeSpan.FromSeconds(10))).Should().Be(Smallest);
        await ManagerFixture.Eventually(() => given.Disposals > 0);
        fixture.Session.Should().NotBeSameAs(given);
        fixture.Session.Disposals.Should().Be(0);
        fixture.Media.Journal.Should().ContainInOrder("answer winner");
    }

    private static ManagerFixture Ahead() => new(prepareMedia: media =>
    {
        media.Capabilities |= MediaCapabilities.PreConnect;
        media.Prompt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    });
}
