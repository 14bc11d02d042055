using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

public sealed class TrustTests
{
    private static readonly Party AlicesTablet = Alice with { DeviceId = "a2" };

    private static readonly CallMessage[] Everything =
    [
        new AnswerMessage { CallId = Id, Sdp = "x" },
        new CandidatesMessage { CallId = Id, Candidates = [new IceCandidate("x")] },
        new EndMessage { CallId = Id, Reason = EndReasons.Hangup },
        new RejectMessage { CallId = Id, Reason = RejectReasons.Declined },
        new RingingMessage { CallId = Id },
        new NegotiateMessage { CallId = Id, Sdp = "x", Kind = NegotiateKind.Offer, Round = 1 },
        new MediaStateMessage { CallId = Id, Muted = true },
    ];

    public static TheoryData<int> AnyMessage => [.. Enumerable.Range(0, Everything.Length)];

    [Theory]
    [MemberData(nameof(AnyMessage))]
    public void X6_a_third_user_and_a_guessed_device_disturb_nobody_while_it_rings(int message)
    {
        foreach (var stranger in new[] { Carol, AlicesTablet, Carol with { DeviceId = "b1" }, BobsTablet })
        {
            var call = Ring(Bob);
            call.Clear();
            call.Say(stranger, Everything[message]);
            call.OnlyRefused(stranger);
            call.Call.Phase.Should().Be(RoutedCallPhase.Ringing);
        }
    }

    [Theory]
    [MemberData(nameof(AnyMessage))]
    public void X6_a_third_user_and_a_guessed_device_disturb_nobody_in_an_answered_call(int message)
    {
        foreach (var stranger in new[] { Carol, AlicesTablet, Carol with { DeviceId = "b1" }, BobsTablet })
        {
            var call = Answered();
            call.Say(stranger, Everything[message]);
            call.OnlyRefused(stranger);
            call.Call.Phase.Should().Be(RoutedCallPhase.Answered);
        }
    }

    [Fact]
    public void X3_the_caller_cannot_answer_ring_or_refuse_its_own_call()
    {
        foreach (var message in Everything.Where(message => message is AnswerMessage or RejectMessage or RingingMessage))
        {
            foreach (var call in new[] { Ring(Bob), Answered() })
            {
                call.Clear();
                call.Say(Alice, message);
                call.OnlyRefused(Alice);
            }
        }
    }

    [Fact]
    public void X3_a_caller_in_his_own_chat_does_not_ring()
    {
        var call = RingUsers(new RoutedCallSettings(), ["alice", "bob"], AlicesTablet, Bob);
        call.SentTo(AlicesTablet).Should().BeEmpty();
        call.SentTo(Bob).Should().ContainSingle();
    }

    [Fact]
    public void X2_X4_before_the_answer_nobody_negotiates_and_the_callee_sends_no_candidates()
    {
        foreach (var message in Everything.Where(message => message is NegotiateMessage or MediaStateMessage))
        {
            foreach (var sender in new[] { Alice, Bob })
            {
                var call = Ring(Bob);
                call.Clear();
                call.Say(sender, message);
                call.OnlyRefused(sender);
            }
        }

        var early = Ring(Bob);
        early.Clear();
        early.Candidates(Bob);
        early.OnlyRefused(Bob);
    }

    [Fact]
    public void X4_a_device_that_did_not_answer_cannot_negotiate_or_end()
    {
        var call = Answered(Bob, BobsTablet);
        call.Say(BobsTablet, Everything.OfType<NegotiateMessage>().Single());
        call.OnlyRefused(BobsTablet);

        call.Clear();
        call.Say(BobsTablet, Everything.OfType<EndMessage>().Single());
        call.Say(BobsTablet, Everything.OfType<RejectMessage>().Single());
        call.NothingHappened();
        call.Call.Phase.Should().Be(RoutedCallPhase.Answered);
    }

    [Fact]
    public void The_answering_device_cannot_refuse_any_more()
    {
        var call = Answered();
        call.Say(Bob, Everything.OfType<RejectMessage>().Single());
        call.OnlyRefused(Bob);
    }

    [Fact]
    public void X7_from_is_stamped_whatever_the_client_wrote()
    {
        var call = Answered();
        call.Say(Alice, new MediaStateMessage { CallId = Id, From = Carol });
        call.OneTo<MediaStateMessage>(Bob).From.Should().Be(Alice);
    }

    [Fact]
    public void Each_device_may_send_only_so_many_candidates()
    {
        var call = RingWith(new RoutedCallSettings { MaxCandidates = 5 }, Bob);
        call.Clear();
        call.Candidates(Alice, 5);
        call.SentTo(Bob).Should().ContainSingle();
        call.Clear();
        call.Candidates(Alice, 1);
        call.OnlyRefused(Alice, ErrorCodes.TooManyCandidates);

        call.Say(Bob, Everything.OfType<AnswerMessage>().Single());
        call.Clear();
        call.Candidates(Bob, 5);
        call.SentTo(Alice).Should().ContainSingle("the caller's flood is not the callee's");
    }

    [Fact]
    public void An_empty_list_of_candidates_is_passed_over()
    {
        var call = Ring(Bob);
        call.Clear();
        call.Candidates(Alice, 0);
        call.NothingHappened();
    }
}
