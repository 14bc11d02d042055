using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

public sealed class ResumeTests
{
    private static MediaStateMessage Media(int? seq = null, bool muted = false) => new() { CallId = Id, Seq = seq, Muted = muted };

    [Fact]
    public void What_was_seen_is_dropped_and_a_gap_is_dropped_until_resume_heals_it()
    {
        var call = Answered();
        call.Say(Alice, Media(seq: 2));
        call.Say(Alice, Media(seq: 2));
        call.Say(Alice, Media(seq: 4));
        call.SentTo(Bob).Should().ContainSingle();
        call.Call.Legs[0].Received.Should().Be(2);

        call.Say(Alice, Media(seq: 3));
        call.Say(Alice, Media(seq: 4));
        call.SentTo(Bob).Should().HaveCount(3);
    }

    [Fact]
    public void Without_seq_nothing_is_dropped()
    {
        var call = Answered();
        call.Say(Alice, Media());
        call.Say(Alice, Media());
        call.SentTo(Bob).Should().HaveCount(2);
    }

    [Fact]
    public void A_refused_message_counts_as_received_so_that_the_stream_does_not_stop()
    {
        var call = Answered();
        call.Step(new RoutedInput.Discarded(call.Now, DeviceKey.Of(Alice), 2));
        call.Say(Alice, Media(seq: 3));
        call.SentTo(Bob).Should().ContainSingle();
    }

    [Fact]
    public void A_device_that_was_away_gets_by_resume_exactly_what_it_missed()
    {
        var call = Answered();
        call.Candidates(Alice, text: "before");
        call.Leave(Bob);
        call.Candidates(Alice, text: "while");
        call.Say(Alice, Media());
        call.SentTo(Bob).Should().ContainSingle("it is away");
        call.Clear();

        call.Arrive(Bob);
        call.NothingReachedAnyone();
        call.Resume(Bob, 2);

        call.SentTo(Bob).Select(message => message.Seq).Should().Equal(3, 4);
        call.SentTo(Bob)[1].Should().Be(Media() with { Seq = 4, From = Alice });
        call.Timers.Should().BeEmpty("it is back");
    }

    [Fact]
    public void A_ringing_device_that_reconnects_gets_the_offer_by_resume_with_its_age_then()
    {
        var call = Ring(Bob);
        call.Leave(Bob);
        call.Clear();
        call.Now += TimeSpan.FromSeconds(40);
        call.Arrive(Bob);
        call.NothingReachedAnyone();
        call.Resume(Bob, 0);
        call.OneTo<OfferMessage>(Bob).AgeMs.Should().Be(40_000);
    }

    [Fact]
    public void A_device_that_was_away_at_the_end_learns_of_it()
    {
        var call = Answered();
        call.Leave(Bob);
        call.Say(Alice, new EndMessage { CallId = Id, Reason = EndReasons.Hangup });
        call.NothingReachedAnyone();
        call.Arrive(Bob);
        call.Resume(Bob, 1);
        call.EndTo(Bob).Should().Be(EndReasons.Hangup);
    }

    [Fact]
    public void A_party_away_for_the_whole_window_ends_the_call_and_both_learn_it()
    {
        foreach (var (gone, other) in new[] { (Alice, Bob), (Bob, Alice) })
        {
            var call = Answered();
            call.Leave(gone);
            call.Fire(CallTimerKind.Away);
            call.EndTo(other).Should().Be(EndReasons.ConnectionLost);
            call.SentTo(gone).Should().BeEmpty();
            call.Arrive(gone);
            call.Resume(gone, 1);
            call.EndTo(gone).Should().Be(EndReasons.ConnectionLost);
        }
    }

    [Fact]
    public void A_party_that_comes_back_in_time_and_goes_again_has_the_whole_window_again()
    {
        var call = Answered();
        call.Leave(Bob);
        call.Now += TimeSpan.FromSeconds(29);
        call.Arrive(Bob);
        call.Now += TimeSpan.FromSeconds(10);
        call.Leave(Bob);
        call.Leave(Bob);
        call.Timers.Values.Should().Equal(call.Now + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Both_away_ends_the_call_once()
    {
        var call = Answered();
        call.Leave(Alice);
        call.Now += TimeSpan.FromSeconds(1);
        call.Leave(Bob);
        var alicesTimer = new CallTimer(CallTimerKind.Away, DeviceKey.Of(Alice));
        call.Now = call.Timers[alicesTimer];
        call.Step(new RoutedInput.TimerFired(call.Now, alicesTimer));
        call.Timers.Keys.Should().Equal(new CallTimer(CallTimerKind.Forget));
        call.Call.Phase.Should().Be(RoutedCallPhase.Over);
    }

    [Fact]
    public void A_caller_away_too_long_while_it_rings_cancels_the_call()
    {
        var call = Ring(Bob, BobsTablet);
        call.Clear();
        call.Leave(Alice);
        call.Fire(CallTimerKind.Away);
        call.EndTo(Bob).Should().Be(EndReasons.Cancelled);
        call.EndTo(BobsTablet).Should().Be(EndReasons.Cancelled);
        call.Timers.Keys.Should().Equal(new CallTimer(CallTimerKind.Forget));
    }

    [Fact]
    public void A_ringing_device_may_be_away_without_a_timer()
    {
        var call = Ring(Bob);
        call.Leave(Bob);
        call.Timers.Keys.Should().Equal(new CallTimer(CallTimerKind.Ring));
    }

    [Fact]
    public void An_answer_that_finds_the_caller_away_waits_for_him()
    {
        var call = Ring(Bob);
        call.Leave(Alice);
        call.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer" });
        call.SentTo(Alice).Should().BeEmpty();
        call.Arrive(Alice);
        call.Resume(Alice, 0);
        call.OneTo<AnswerMessage>(Alice).Sdp.Should().Be("answer");
        call.Timers.Should().BeEmpty();
    }

    [Fact]
    public void What_a_connected_device_must_have_is_not_kept_for_ever()
    {
        var call = Answered();
        for (var i = 0; i < 100; i++)
        {
            call.Say(Alice, Media());
            call.Now += TimeSpan.FromSeconds(1);
        }

        call.Call.Legs[1].Outbox.Count.Should().BeInRange(30, 32);
    }

    [Fact]
    public void When_no_more_can_be_kept_for_a_party_that_is_away_the_other_is_refused_but_may_always_end()
    {
        var call = RingWith(new RoutedCallSettings { MaxKeptMessages = 4 }, Bob);
        call.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer" });
        call.Leave(Bob);
        call.Clear();
        for (var i = 0; i < 4; i++)
            call.Say(Alice, Media());
        call.NothingHappened();
        call.Say(Alice, Media());
        call.OnlyRefused(Alice, ErrorCodes.RateLimited);

        call.Say(Alice, new EndMessage { CallId = Id });
        call.Clear();
        call.Arrive(Bob);
        call.Resume(Bob, 1);
        call.SentTo(Bob).Select(message => message.Seq).Should().Equal(2, 3, 4, 5, 6);
        call.SentTo(Bob)[^1].Should().BeOfType<EndMessage>();
    }
}
