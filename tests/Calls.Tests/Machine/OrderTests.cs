using Calls.Machine;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class OrderTests
{
    [Fact]
    public void B14_candidates_before_the_offer_are_kept_and_applied_in_order_after_it()
    {
        var run = Welcomed().Receive(Candidates(Id, "a", "b"), Candidates(Id, "c"), Offer(Id), Candidates(Id, "d"));
        run.Added.Should().BeEmpty();
        run.Tell(new AcceptCommand(false)).Receive(Candidates(Id, "e")).Tell(new MediaOpened(Id, false, VideoSource.Off));
        run.Receive(Candidates(Id, "f"));
        run.Added.Select(candidate => candidate.Candidate).Should().Equal("a", "b", "c", "d", "e", "f");
        var answer = run.Effects.FindIndex(effect => effect is { Kind: CallEffectKind.Media, Order: MediaOrder.AnswerOffer });
        run.Effects.FindIndex(effect => effect.Kind == CallEffectKind.AddCandidates).Should().BeGreaterThan(answer);
    }

    [Fact]
    public void B14_candidates_that_come_while_the_callees_devices_open_are_told_ahead_and_again_after_the_answer()
    {
        var run = Ringing().Receive(Candidates(Id, "a"));
        run.Ahead.Should().BeEmpty("nothing is told to anybody before the user accepts");
        run.Tell(new AcceptCommand(false)).Receive(Candidates(Id, "b"), Candidates(Id, "c"));
        run.Ahead.Select(candidate => candidate.Candidate).Should().Equal("b", "c");
        run.Tell(new MediaOpened(Id, false, VideoSource.Off)).Receive(Candidates(Id, "d"));
        run.Ahead.Should().HaveCount(2);
        run.Added.Select(candidate => candidate.Candidate).Should().Equal("a", "b", "c", "d");
    }

    [Fact]
    public void B14_a_caller_is_told_no_candidate_before_the_answer()
        => Outgoing().Receive(Candidates(Id, "a")).Ahead.Should().BeEmpty();

    [Fact]
    public void B14_candidates_before_the_answer_are_kept_and_applied_after_it()
    {
        var run = Outgoing().Receive(Candidates(Id, "a"), Candidates(Id, "b"));
        run.Added.Should().BeEmpty();
        run.Receive(Answer(), Candidates(Id, "c")).Added.Select(candidate => candidate.Candidate).Should().Equal("a", "b", "c");
    }

    [Fact]
    public void B14_of_more_than_256_candidates_the_oldest_are_dropped()
    {
        var run = Ringing();
        for (var i = 0; i < 300; i++)
            run.Receive(Candidates(Id, $"{i}"));
        run.Call.HeldRemote.Select(candidate => candidate.Candidate).Should().Equal(Enumerable.Range(44, 256).Select(i => $"{i}"));

        var early = Welcomed();
        for (var i = 0; i < 300; i++)
            early.Receive(Candidates(OtherId, $"{i}"));
        early.State.Early.Of(OtherId).Should().HaveCount(256).And.Subject.First().Candidate.Should().Be("44");
    }

    [Fact]
    public void B14_candidates_of_many_unknown_calls_do_not_grow_without_bound()
    {
        var run = Welcomed();
        for (var i = 0; i < 1000; i++)
            run.Receive(Candidates(CallId.Parse($"call-{i}"), "a"));
        run.State.Early.Entries.Should().HaveCountLessThanOrEqualTo(4);
    }

    [Fact]
    public void B15_an_end_before_its_offer_never_rings_in_any_order_with_candidates()
    {
        CallMessage[] messages = [End(Id, EndReasons.Cancelled), Candidates(Id, "a"), Offer(Id)];
        foreach (var order in Permutations(messages).Where(order => Array.IndexOf(order, messages[0]) < Array.IndexOf(order, messages[2])))
        {
            var run = Welcomed().Receive(order);
            run.State.State.Should().Be(CallState.Idle);
            run.State.Early.Entries.Should().BeEmpty();
            run.Sent.Should().BeEmpty();
        }
    }

    [Fact]
    public void B16_offer_answer_and_end_twice_do_nothing_the_second_time()
    {
        var ringing = Ringing();
        ringing.Receive(Offer(Id)).Last.Kind.Should().Be(StepKind.Ignored);
        ConnectingCaller().Receive(Answer()).Last.Kind.Should().Be(StepKind.Ignored);
        Connected().Receive(Answer()).Last.Kind.Should().Be(StepKind.Ignored);
        var ended = Ringing().Receive(End(Id));
        ended.Receive(End(Id)).Last.Kind.Should().Be(StepKind.Ignored);
        ended.Receive(Offer(Id)).Last.Kind.Should().Be(StepKind.Ignored, "an offer that comes again after the end must not ring again");
        ended.Fire(CallTimer.Linger).Receive(Offer(Id)).Last.Kind.Should().Be(StepKind.Ignored);
    }

    [Theory]
    [InlineData(CallState.Idle)]
    [InlineData(CallState.Outgoing)]
    [InlineData(CallState.IncomingRinging)]
    [InlineData(CallState.Connecting)]
    [InlineData(CallState.Connected)]
    [InlineData(CallState.Ended)]
    [InlineData(CallState.Failed)]
    public void B17_a_message_with_another_call_id_never_touches_the_current_call(CallState state)
    {
        foreach (var row in new[] { CallRow.OtherAnswer, CallRow.OtherCandidates, CallRow.OtherEnd, CallRow.OtherMessage })
        {
            foreach (var input in EveryInput.Of(row).OfType<MessageReceived>().Where(input => input.Message.CallId == OtherId))
            {
                var run = In(state);
                var (call, effects) = (run.State.Call, run.Effects.Count);
                run.Tell(input);
                run.State.State.Should().Be(state);
                run.State.Call.Should().BeSameAs(call);
                run.Effects.Skip(effects).Should().NotContain(effect =>
                    effect.Kind != CallEffectKind.Send || ((CallMessage)effect.Subject!).CallId != OtherId);
            }
        }
    }

    [Theory]
    [InlineData(45_000)]
    [InlineData(60_000)]
    [InlineData(long.MaxValue)]
    public void B18_an_offer_older_than_the_ring_time_is_a_missed_call_and_does_not_ring(long ageMs)
    {
        var run = Welcomed().Receive(Offer(Id, ageMs: ageMs), Offer(Id));
        run.State.State.Should().Be(CallState.Idle);
        run.Missed.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { CallId = Id, Cause = MissedCallCause.Late, ChatId = "bob", From = new CallPeer("bob", "phone", "Bob") });
        run.Sent.Should().BeEmpty();
    }

    [Theory]
    [InlineData(-1, 45_000, 45)]
    [InlineData(long.MinValue, long.MaxValue, 600)]
    [InlineData(0, 0, 45)]
    [InlineData(0, -5, 45)]
    public void B18_ages_and_ring_times_out_of_all_reason_are_held_to_bounds(long ageMs, long ringMs, int seconds)
        => Ringing(ageMs: ageMs, ringMs: ringMs).Timer(CallTimer.Ring).Due.Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void B19_of_accept_end_and_reject_in_any_order_the_first_counts()
    {
        CallInput[] acts = [new AcceptCommand(false), new AcceptCommand(false), new RejectCommand(), new EndCommand(), new EndCommand()];
        foreach (var order in Permutations(acts))
        {
            var run = Ringing();
            foreach (var act in order)
                run.Tell(act).Last.Kind.Should().NotBe(StepKind.Refused);
            run.State.State.Should().Be(CallState.Ended);
            run.Ends.Should().ContainSingle();
            var accepted = order[0] is AcceptCommand;
            run.Orders.Contains(MediaOrder.Open).Should().Be(accepted);
            run.Ends.Single().Reason.Should().Be(accepted ? CallEndReason.HungUp : CallEndReason.Declined);
        }
    }

    [Fact]
    public void B19_accept_where_nothing_ever_rang_is_refused_with_what_would_be_legal()
        => Welcomed().Tell(new AcceptCommand(false)).Last.Refusal!.Message.Should().Contain("Idle").And.Contain("IncomingRinging");

    [Fact]
    public void B19_an_accept_of_the_call_that_was_shown_never_accepts_another()
    {
        var run = Ringing().Receive(End(Id, EndReasons.Cancelled), Offer(OtherId));
        run.Tell(new AcceptCommand(true, Id));
        run.State.State.Should().Be(CallState.IncomingRinging);
        run.Orders.Should().BeEmpty();
    }

    [Fact]
    public void B21_end_while_media_opens_sends_nothing_and_what_opens_late_is_ignored()
    {
        var run = Opening().Tell(new EndCommand(), new MediaOpened(Id, false, VideoSource.Off), new OfferCreated(Id, Sdp));
        run.State.State.Should().Be(CallState.Ended);
        run.Sent.Should().BeEmpty();
        run.Orders.Should().Equal(MediaOrder.Open);
    }

    [Fact]
    public void B21_end_while_the_offer_is_being_made_sends_nothing()
        => Opening().Tell(new MediaOpened(Id, false, VideoSource.Off), new EndCommand(), new OfferCreated(Id, Sdp)).Sent.Should().BeEmpty();

    [Fact]
    public void B21_end_by_the_callee_while_his_media_opens_declines()
    {
        var run = Accepted().Tell(new EndCommand(), new MediaOpened(Id, false, VideoSource.Off));
        run.Sent.Last().Should().BeOfType<RejectMessage>().Which.Reason.Should().Be(RejectReasons.Declined);
        run.Orders.Should().Equal(MediaOrder.Open);
    }

    [Fact]
    public void A_cancelled_token_ends_its_own_call_and_no_other()
        => Connected().Tell(new EndCommand(OtherId)).State.State.Should().Be(CallState.Connected);

    private static IEnumerable<T[]> Permutations<T>(T[] items)
        => items.Length <= 1
            ? [items]
            : items.SelectMany((item, at) => Permutations<T>([.. items[..at], .. items[(at + 1)..]]).Select(rest => (T[])[item, .. rest]));

    [Fact]
    public void B43_who_has_forgotten_an_answered_call_tells_the_other_side_that_it_is_over()
    {
        var run = MachineRun.Welcomed().Receive(MachineRun.Negotiate(NegotiateKind.Offer));
        run.State.State.Should().Be(CallState.Idle);
        run.Sent.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new EndMessage { CallId = MachineRun.Id, Reason = EndReasons.ConnectionLost });
        MachineRun.Welcomed().Receive(new MediaStateMessage { CallId = MachineRun.Id }).Sent.Should().ContainSingle();
        MachineRun.Ended().Receive(new MediaStateMessage { CallId = MachineRun.OtherId }).Sent.Last().Should().BeOfType<EndMessage>();
        var connected = MachineRun.Connected();
        var call = connected.Call;
        connected.Receive(new MediaStateMessage { CallId = MachineRun.OtherId }).Sent.Last().CallId.Should().Be(MachineRun.OtherId);
        connected.Call.Should().BeSameAs(call);
    }
}
