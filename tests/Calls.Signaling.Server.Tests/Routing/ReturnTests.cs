using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

/// <summary>Between a device's return and its <c>call:resume</c>: what is new waits behind what was missed.</summary>
public sealed class ReturnTests
{
    private static MediaStateMessage Media(int? seq = null) => new() { CallId = Id, Seq = seq };

    [Fact]
    public void B39_what_comes_before_a_device_has_resumed_waits_for_what_it_missed()
    {
        var call = Ring(Bob);
        call.Leave(Alice);
        call.Say(Bob, new RingingMessage { CallId = Id, Seq = 1 });
        call.Clear();

        call.Arrive(Alice);
        call.Say(Bob, new AnswerMessage { CallId = Id, Seq = 2, Sdp = "answer" });
        call.NothingReachedAnyone();
        call.Resume(Alice, 0);

        call.SentTo(Alice).Select(message => message.GetType()).Should().Equal(typeof(RingingMessage), typeof(AnswerMessage));
        call.Clear();
        call.Say(Bob, Media(seq: 3));
        call.OneTo<MediaStateMessage>(Alice).Seq.Should().Be(3, "it has resumed");
    }

    [Fact]
    public void B41_a_new_connection_in_place_of_a_dead_one_that_nobody_missed_waits_as_well()
    {
        var call = Answered();
        call.Candidates(Alice, seq: 2, text: "lost");
        call.Clear();

        call.Leave(Alice);
        call.Arrive(Alice);
        call.Say(Bob, Media());
        call.NothingReachedAnyone();
        call.Timers.Should().BeEmpty();

        call.Resume(Alice, 1);
        call.OneTo<MediaStateMessage>(Alice).Seq.Should().Be(2);
    }

    [Fact]
    public void A_plain_client_that_numbers_nothing_never_resumes_and_waits_for_nothing()
    {
        var call = Answered();
        call.Leave(Bob);
        call.Arrive(Bob);
        call.Say(Alice, Media());
        call.OneTo<MediaStateMessage>(Bob).Seq.Should().Be(2);
    }

    [Fact]
    public void A_device_that_speaks_before_it_resumes_is_given_all_that_is_kept()
    {
        var call = Answered();
        call.Leave(Alice);
        call.Say(Bob, Media());
        call.Arrive(Alice);
        call.Say(Bob, Media());
        call.NothingReachedAnyone();

        call.Candidates(Alice, seq: 2);

        call.SentTo(Alice).Select(message => message.Seq).Should().Equal([1, 2, 3], "what it missed comes before what waited");
        call.Say(Bob, Media());
        call.SentTo(Alice).Select(message => message.Seq).Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void Nothing_of_what_waits_is_thrown_away()
    {
        var call = RingWith(new RoutedCallSettings { MaxKeptMessages = 2 }, Bob);
        call.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer" });
        call.Leave(Alice);
        call.Arrive(Alice);
        call.Clear();
        call.Say(Bob, Media());
        call.NothingHappened();
        call.Say(Bob, Media());
        call.OnlyRefused(Bob, ErrorCodes.RateLimited);

        call.Clear();
        call.Resume(Alice, 0);
        call.SentTo(Alice).Select(message => message.Seq).Should().Equal(1, 2);
    }

    [Fact]
    public void B43_the_offer_of_an_answered_call_never_rings_again_at_the_device_that_answered_it()
    {
        var call = Answered();
        call.Say(Alice, Media());
        call.Clear();
        call.Leave(Bob);
        call.Arrive(Bob);
        call.Resume(Bob, 0);
        call.SentTo(Bob).Should().NotContain(message => message is OfferMessage);
    }

    [Fact]
    public void B43_a_party_that_knows_nothing_of_its_own_call_was_started_anew_and_the_other_learns_it_at_once()
    {
        foreach (var (anew, other) in new[] { (Alice, Bob), (Bob, Alice) })
        {
            var call = Ring(Bob);
            call.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer", Seq = 1 });
            call.Leave(anew);
            call.Arrive(anew);
            call.Clear();

            call.Resume(anew, null);

            call.EndTo(other).Should().Be(EndReasons.ConnectionLost);
            call.SentTo(anew).Should().BeEmpty("it must not ring");
            call.Timers.Keys.Should().Equal(new CallTimer(CallTimerKind.Forget));
        }
    }

    [Fact]
    public void B43_a_caller_that_was_started_anew_stops_the_ringing()
    {
        var call = Ring(Bob, BobsTablet);
        call.Leave(Alice);
        call.Arrive(Alice);
        call.Clear();

        call.Resume(Alice, null);

        call.EndTo(Bob).Should().Be(EndReasons.Cancelled);
        call.EndTo(BobsTablet).Should().Be(EndReasons.Cancelled);
        call.Timers.Keys.Should().Equal(new CallTimer(CallTimerKind.Forget));
    }

    [Fact]
    public void B43_a_device_that_was_started_anew_while_it_rang_rings_again()
    {
        var call = Ring(Bob);
        call.Say(Bob, new RingingMessage { CallId = Id, Seq = 1 });
        call.Leave(Bob);
        call.Arrive(Bob);
        call.Clear();

        call.Resume(Bob, null);

        call.OneTo<OfferMessage>(Bob).Seq.Should().Be(1);
    }
}
