using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

public sealed class AnsweredTests
{
    [Fact]
    public void Caller_and_answering_device_speak_both_ways_in_order()
    {
        var call = Answered(Bob, BobsTablet);
        call.Candidates(Alice, text: "a");
        call.Say(Alice, new NegotiateMessage { CallId = Id, Kind = NegotiateKind.Offer, Sdp = "x", Round = 1 });
        call.Say(Bob, new NegotiateMessage { CallId = Id, Kind = NegotiateKind.Answer, Sdp = "y", Round = 1 });
        call.Say(Bob, new MediaStateMessage { CallId = Id, Video = VideoSource.Screen });

        call.SentTo(Bob).Select(message => (message.GetType(), message.Seq, message.From)).Should()
            .Equal((typeof(CandidatesMessage), 2, Alice), (typeof(NegotiateMessage), 3, Alice));
        call.SentTo(Alice).Select(message => (message.GetType(), message.Seq, message.From)).Should()
            .Equal((typeof(NegotiateMessage), 2, Bob), (typeof(MediaStateMessage), 3, Bob));
        call.SentTo(BobsTablet).Should().BeEmpty();
    }

    [Fact]
    public void What_both_sides_say_for_their_code_is_passed_on_to_every_device_that_rings_and_to_the_other_side()
    {
        var call = Ring(Bob);
        call.OneTo<OfferMessage>(Bob).Commitment.Should().Be("hash");
        call.Arrive(BobsTablet);
        call.OneTo<OfferMessage>(BobsTablet).Commitment.Should().Be("hash");
        call.Say(Alice, new RevealMessage { CallId = Id, Nonce = "early" });
        call.SentTo(Bob).Should().NotContain(message => message is RevealMessage, "nobody has answered yet");

        call.Clear();
        call.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer", Nonce = "callee" });
        call.OneTo<AnswerMessage>(Alice).Nonce.Should().Be("callee");
        call.Say(Alice, new RevealMessage { CallId = Id, Nonce = "caller" });
        call.OneTo<RevealMessage>(Bob).Nonce.Should().Be("caller");
    }

    [Theory]
    [InlineData(EndReasons.Hangup, EndReasons.Hangup)]
    [InlineData(EndReasons.Failed, EndReasons.Failed)]
    [InlineData(EndReasons.Replaced, EndReasons.Replaced)]
    [InlineData(EndReasons.ConnectionLost, EndReasons.ConnectionLost)]
    [InlineData("nonsense", EndReasons.Hangup)]
    [InlineData(null, EndReasons.Hangup)]
    public void The_other_side_gets_an_end_with_its_reason(string? said, string told)
    {
        foreach (var (sender, other) in new[] { (Alice, Bob), (Bob, Alice) })
        {
            var call = Answered();
            call.Say(sender, new EndMessage { CallId = Id, Reason = said });
            call.EndTo(other).Should().Be(told);
            call.SentTo(sender).Should().BeEmpty();
            call.Timers.Keys.Should().Equal(new CallTimer(CallTimerKind.Forget));
        }
    }

    [Fact]
    public void B16_an_answer_and_an_end_twice_count_once()
    {
        var call = Answered();
        call.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer" });
        call.Say(Bob, new RingingMessage { CallId = Id });
        call.NothingHappened();

        call.Say(Alice, new EndMessage { CallId = Id });
        call.Say(Alice, new EndMessage { CallId = Id });
        call.Say(Bob, new EndMessage { CallId = Id });
        call.OneTo<EndMessage>(Bob);
        call.SentTo(Alice).Should().BeEmpty();
    }

    [Fact]
    public void B7_what_comes_after_the_end_is_told_the_end_again_and_reaches_nobody_else()
    {
        var late = Ring(Bob);
        late.Fire(CallTimerKind.Ring);
        late.Clear();
        late.Say(Bob, new AnswerMessage { CallId = Id, Sdp = "answer" });
        late.Candidates(Bob);
        late.SentTo(Bob).Should().HaveCount(2).And.AllBeOfType<EndMessage>();
        late.SentTo(Bob).Select(message => message.Seq).Should().Equal(3, 4);
        late.SentTo(Alice).Should().BeEmpty();

        var rejected = Ring(Bob);
        rejected.Say(Bob, new RejectMessage { CallId = Id });
        rejected.Clear();
        rejected.Candidates(Alice);
        rejected.OneTo<EndMessage>(Alice);
        rejected.SentTo(Bob).Should().BeEmpty();
    }

    [Fact]
    public void A_call_is_forgotten_when_the_resume_window_after_its_end_is_over_and_leaves_no_timer()
    {
        var call = Answered();
        call.Leave(Alice);
        call.Say(Bob, new EndMessage { CallId = Id });
        call.Timers.Should().ContainSingle().Which.Should()
            .Be(KeyValuePair.Create(new CallTimer(CallTimerKind.Forget), call.Now + TimeSpan.FromSeconds(30)));

        call.Fire(CallTimerKind.Forget);

        call.IsForgotten.Should().BeTrue();
        call.Timers.Should().BeEmpty();
    }

    [Fact]
    public void Two_equal_courses_make_equal_states() => Answered(Bob, BobsTablet).Call.Should().Be(Answered(Bob, BobsTablet).Call);
}
