using Calls.Machine;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

public class TwoAtOnceTests
{
    [Theory]
    [InlineData(CallState.Outgoing)]
    [InlineData(CallState.IncomingRinging)]
    [InlineData(CallState.Connecting)]
    [InlineData(CallState.Connected)]
    public void B27_a_third_person_who_calls_hears_busy_and_the_host_hears_of_a_missed_call(CallState state)
    {
        var run = In(state);
        var call = run.State.Call;
        var offer = Offer(OtherId, from: Carol) with { ChatId = "carol" };
        run.Receive(offer, offer);
        run.State.State.Should().Be(state);
        run.State.Call.Should().BeSameAs(call);
        run.Sent.Where(message => message.CallId == OtherId).Should().ContainSingle()
            .Which.Should().BeOfType<RejectMessage>().Which.Reason.Should().Be(RejectReasons.Busy);
        run.Missed.Should().ContainSingle().Which.Cause.Should().Be(MissedCallCause.Busy);
    }

    [Fact]
    public void B27_the_caller_hears_busy()
        => Outgoing().Receive(new RejectedMessage { CallId = Id, Reason = RejectReasons.Busy }).Ends.Single().Reason.Should().Be(CallEndReason.Busy);

    [Fact]
    public void B29_calling_oneself_is_refused_at_once()
    {
        var run = Welcomed().Tell(new StartCommand(Id, "alice", true));
        run.Last.Refusal!.IsOwnCall.Should().BeTrue();
        run.State.State.Should().Be(CallState.Idle);
        run.Effects.Should().BeEmpty();
    }

    [Fact]
    public void X2_answer_negotiate_and_media_sent_to_a_callee_that_rings_are_ignored()
    {
        foreach (CallMessage message in new CallMessage[]
        {
            Answer(), Negotiate(NegotiateKind.Offer), Negotiate(NegotiateKind.Answer), new MediaStateMessage { CallId = Id },
            new RejectedMessage { CallId = Id }, new RingingMessage { CallId = Id },
        })
        {
            var run = Ringing();
            run.Receive(message).Last.Kind.Should().Be(StepKind.Ignored);
            run.Orders.Should().BeEmpty();
        }
    }

    [Fact]
    public void X2_an_answer_to_an_offer_that_was_not_sent_yet_is_ignored()
        => Opening().Receive(Answer()).State.State.Should().Be(CallState.Outgoing);

    [Fact]
    public void X3_an_offer_from_oneself_does_not_ring()
        => Welcomed().Receive(Offer(Id, from: new("alice", "d2"))).State.State.Should().Be(CallState.Idle);

    [Fact]
    public void X4_negotiate_before_connected_changes_nothing_and_is_refused_to_its_sender()
    {
        foreach (var run in new[] { ConnectingCaller(), ConnectingCallee() })
        {
            var (call, orders) = (run.State.Call, run.Orders.Count());
            run.Receive(Negotiate(NegotiateKind.Offer, round: 7));
            run.State.Call.Should().BeSameAs(call);
            run.Orders.Should().HaveCount(orders);
            run.Sent.Last().Should().BeEquivalentTo(new { Kind = NegotiateKind.Reject, Round = 7 });
        }

        Outgoing().Receive(Negotiate(NegotiateKind.Offer)).Last.Kind.Should().Be(StepKind.Ignored);
    }
}
