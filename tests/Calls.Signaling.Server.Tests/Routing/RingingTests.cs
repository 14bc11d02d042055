using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

public sealed class RingingTests
{
    private static readonly AnswerMessage Answer = new() { CallId = Id, Sdp = "answer" };
    private static readonly EndMessage End = new() { CallId = Id, Reason = EndReasons.Hangup };

    private static RejectMessage Reject(string? reason) => new() { CallId = Id, Reason = reason };

    [Fact]
    public void Every_device_of_the_callee_gets_the_offer_stamped_and_numbered()
    {
        var call = Ring(Bob, BobsTablet);

        foreach (var device in new[] { Bob, BobsTablet })
        {
            call.OneTo<OfferMessage>(device).Should().Be(new OfferMessage
            {
                CallId = Id, Seq = 1, From = Alice, ChatId = "alice", Video = true, Sdp = "offer", AgeMs = 0, RingTimeoutMs = 45_000, Commitment = "hash",
            });
        }

        call.SentTo(Alice).Should().BeEmpty();
        call.Timers.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create(new CallTimer(CallTimerKind.Ring), call.Now + TimeSpan.FromSeconds(45)));
    }

    [Fact]
    public void A_callee_without_a_device_is_notified_and_rings_when_one_connects_with_the_true_age_and_all_candidates_in_order()
    {
        var call = Ring();
        call.Notified.Should().Equal(new Callee("bob", "alice"));
        call.Candidates(Alice, text: "first");
        call.Candidates(Alice, text: "second");
        call.Now += TimeSpan.FromSeconds(12);

        call.Arrive(Bob);

        call.SentTo(Bob).Select(message => message.Seq).Should().Equal(1, 2, 3);
        call.SentTo(Bob)[0].Should().BeOfType<OfferMessage>().Which.AgeMs.Should().Be(12_000);
        call.SentTo(Bob).OfType<CandidatesMessage>().Select(message => message.Candidates[0].Candidate).Should().Equal("first0", "second0");
        call.Arrive(Bob);
        call.SentTo(Bob).Should().HaveCount(3, "a device is rung once");
    }

    [Fact]
    public void A_callee_with_a_device_is_not_notified() => Ring(Bob).Notified.Should().BeEmpty();

    [Fact]
    public void The_callers_other_devices_and_strangers_do_not_ring()
    {
        var call = Ring(Bob);
        call.Clear();
        call.Arrive(Alice with { DeviceId = "a2" });
        call.Arrive(Carol);
        call.NothingHappened();
    }

    [Fact]
    public void The_caller_hears_once_from_each_device_that_it_rings()
    {
        var call = Ring(Bob, BobsTablet);
        call.Say(Bob, new RingingMessage { CallId = Id });
        call.Say(Bob, new RingingMessage { CallId = Id });
        call.Say(BobsTablet, new RingingMessage { CallId = Id });
        call.SentTo(Alice).Select(message => message.From).Should().Equal(Bob, BobsTablet);
        call.SentTo(Alice).Should().AllBeOfType<RingingMessage>();
    }

    [Fact]
    public void B30_the_first_answer_wins_and_the_others_and_a_late_answer_get_answered_elsewhere()
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();

        call.Say(BobsTablet, Answer);
        call.OneTo<AnswerMessage>(Alice).Should().Be(Answer with { Seq = 1, From = BobsTablet });
        call.EndTo(Bob).Should().Be(EndReasons.AnsweredElsewhere);
        call.SentTo(BobsTablet).Should().BeEmpty();
        call.Timers.Should().BeEmpty();

        call.Clear();
        call.Say(Bob, Answer);
        call.EndTo(Bob).Should().Be(EndReasons.AnsweredElsewhere);
        call.SentTo(Alice).Should().BeEmpty();
        call.SentTo(BobsTablet).Should().BeEmpty();
    }

    [Theory]
    [InlineData(RejectReasons.Declined, RejectReasons.Declined)]
    [InlineData(RejectReasons.MediaFailed, RejectReasons.MediaFailed)]
    [InlineData(null, RejectReasons.Declined)]
    [InlineData("nonsense", RejectReasons.Declined)]
    public void B4_B30_one_refusal_ends_the_call_for_all_of_the_callees_devices(string? said, string told)
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();

        call.Say(Bob, Reject(said));

        call.OneTo<RejectedMessage>(Alice).Should().Be(new RejectedMessage { CallId = Id, Seq = 1, From = Bob, Reason = told });
        call.EndTo(BobsTablet).Should().Be(EndReasons.DeclinedElsewhere);
        call.SentTo(Bob).Should().BeEmpty();
        call.Call.Phase.Should().Be(RoutedCallPhase.Over);
    }

    [Fact]
    public void A_callees_end_while_it_rings_declines()
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();
        call.Say(Bob, End);
        call.OneTo<RejectedMessage>(Alice).Reason.Should().Be(RejectReasons.Declined);
        call.EndTo(BobsTablet).Should().Be(EndReasons.DeclinedElsewhere);
    }

    [Fact]
    public void B30_busy_ends_the_call_only_when_every_ringing_device_is_busy()
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();

        call.Say(Bob, Reject(RejectReasons.Busy));
        call.NothingHappened();
        call.Call.Phase.Should().Be(RoutedCallPhase.Ringing);

        call.Say(BobsTablet, Reject(RejectReasons.Busy));
        call.OneTo<RejectedMessage>(Alice).Reason.Should().Be(RejectReasons.Busy);
        call.Call.Phase.Should().Be(RoutedCallPhase.Over);
    }

    [Fact]
    public void B30_a_device_may_answer_after_the_other_one_was_busy()
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();
        call.Say(Bob, Reject(RejectReasons.Busy));
        call.Say(BobsTablet, Answer);
        call.OneTo<AnswerMessage>(Alice).From.Should().Be(BobsTablet);
        call.SentTo(Bob).Should().BeEmpty("it does not ring");
    }

    [Fact]
    public void A_single_busy_device_ends_the_call_at_once()
    {
        var call = Ring(Bob);
        call.Clear();
        call.Say(Bob, Reject(RejectReasons.Busy));
        call.OneTo<RejectedMessage>(Alice).Reason.Should().Be(RejectReasons.Busy);
    }

    [Fact]
    public void B5_the_ring_time_ends_the_call_once_for_the_caller_and_for_every_ringing_device()
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();

        call.Fire(CallTimerKind.Ring);
        call.Step(new RoutedInput.TimerFired(call.Now, new CallTimer(CallTimerKind.Ring)));

        foreach (var party in new[] { Alice, Bob, BobsTablet })
            call.OneTo<NoAnswerMessage>(party);
    }

    [Fact]
    public void B20_a_cancel_before_the_accept_ends_both()
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();

        call.Say(Alice, End);
        call.EndTo(Bob).Should().Be(EndReasons.Cancelled);
        call.EndTo(BobsTablet).Should().Be(EndReasons.Cancelled);

        call.Clear();
        call.Say(Bob, Answer);
        call.EndTo(Bob).Should().Be(EndReasons.Cancelled);
        call.SentTo(Alice).Should().BeEmpty();
    }

    [Fact]
    public void B20_an_accept_before_the_cancel_ends_both()
    {
        var call = Ring(Bob);
        call.Say(Bob, Answer);
        call.Clear();

        call.Say(Alice, End with { Reason = EndReasons.Cancelled });

        call.EndTo(Bob).Should().Be(EndReasons.Cancelled);
        call.SentTo(Alice).Should().BeEmpty();
    }

    [Fact]
    public void Calling_oneself_is_rejected()
    {
        var call = RingUsers(new RoutedCallSettings(), ["alice"]);
        call.OneTo<RejectedMessage>(Alice).Should().Be(new RejectedMessage { CallId = Id, Seq = 1, Reason = RejectReasons.NotAllowed });
        call.Timers.Keys.Should().Equal(new CallTimer(CallTimerKind.Forget));
    }

    [Fact]
    public void A_chat_with_nobody_to_ring_rings_unheard_until_the_time_is_up()
    {
        var call = RingUsers(new RoutedCallSettings(), []);
        call.NothingHappened();
        call.Fire(CallTimerKind.Ring);
        call.OneTo<NoAnswerMessage>(Alice);
    }

    [Fact]
    public void In_a_group_one_members_refusal_leaves_the_others_ringing_and_the_last_one_ends_the_call()
    {
        var call = Ring(Bob, BobsTablet, Carol);
        call.Clear();

        call.Say(Bob, Reject(RejectReasons.Declined));
        call.EndTo(BobsTablet).Should().Be(EndReasons.DeclinedElsewhere);
        call.SentTo(Carol).Should().BeEmpty();
        call.SentTo(Alice).Should().BeEmpty();
        call.Arrive(Bob with { DeviceId = "b3" });
        call.SentTo(Bob with { DeviceId = "b3" }).Should().BeEmpty("he has declined");

        call.Say(Carol, Reject(RejectReasons.Busy));
        call.OneTo<RejectedMessage>(Alice).Reason.Should().Be(RejectReasons.Declined);
    }

    [Fact]
    public void In_a_group_the_first_answer_wins()
    {
        var call = Ring(Bob, Carol);
        call.Clear();
        call.Say(Carol, Answer);
        call.OneTo<AnswerMessage>(Alice).From.Should().Be(Carol);
        call.EndTo(Bob).Should().Be(EndReasons.AnsweredElsewhere);
    }

    [Fact]
    public void B16_an_offer_twice_rings_once()
    {
        var call = Ring(Bob);
        call.Clear();
        call.Say(Alice, new InitiateMessage { CallId = Id, ChatId = "bob", Sdp = "offer", Seq = 1 });
        call.Say(Alice, new InitiateMessage { CallId = Id, ChatId = "bob", Sdp = "offer" });
        call.NothingHappened();
    }

    [Fact]
    public void A_call_id_in_use_is_refused_to_everybody_but_its_caller()
    {
        var call = Ring(Bob);
        call.Clear();
        call.Say(Carol, new InitiateMessage { CallId = Id, ChatId = "bob", Sdp = "offer" });
        call.OnlyRefused(Carol, ErrorCodes.DuplicateCall);
    }
}
