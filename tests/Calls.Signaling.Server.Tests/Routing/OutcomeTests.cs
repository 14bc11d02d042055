using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

/// <summary>How a call ended, and when, is part of the call: metrics, traces and the app's log only read it.</summary>
public sealed class OutcomeTests
{
    private static readonly Dictionary<string, (CallOutcome Outcome, Action<CallScript> End)> WhileItRings = new()
    {
        ["the caller"] = (CallOutcome.Cancelled, call => call.Say(Alice, new EndMessage { CallId = Id, Reason = EndReasons.Cancelled })),
        ["the caller's media"] = (CallOutcome.Failed, call => call.Say(Alice, new EndMessage { CallId = Id, Reason = EndReasons.Failed })),
        ["glare"] = (CallOutcome.Replaced, call => call.Say(Alice, new EndMessage { CallId = Id, Reason = EndReasons.Replaced })),
        ["the ring time"] = (CallOutcome.NoAnswer, call => call.Fire(CallTimerKind.Ring)),
        ["the callee"] = (CallOutcome.Declined, call => call.Say(Bob, new RejectMessage { CallId = Id, Reason = RejectReasons.Declined })),
        ["his other call"] = (CallOutcome.Busy, call => call.Say(Bob, new RejectMessage { CallId = Id, Reason = RejectReasons.Busy })),
        ["his microphone"] = (CallOutcome.MediaFailed, call => call.Say(Bob, new RejectMessage { CallId = Id, Reason = RejectReasons.MediaFailed })),
        ["the caller's network"] = (CallOutcome.ConnectionLost, call => { call.Leave(Alice); call.Now += TimeSpan.FromSeconds(3); call.Fire(CallTimerKind.Away); }),
        ["a restart of the caller's app"] = (CallOutcome.ConnectionLost, call => { call.Leave(Alice); call.Arrive(Alice); call.Resume(Alice, null); }),
    };

    private static readonly Dictionary<string, (CallOutcome Outcome, Action<CallScript> End)> WhileTheyTalk = new()
    {
        ["a party"] = (CallOutcome.Finished, call => call.Say(Bob, new EndMessage { CallId = Id, Reason = EndReasons.Hangup })),
        ["a plain client"] = (CallOutcome.Finished, call => call.Say(Alice, new EndMessage { CallId = Id })),
        ["the media"] = (CallOutcome.Failed, call => call.Say(Bob, new EndMessage { CallId = Id, Reason = EndReasons.Failed })),
        ["the media's network"] = (CallOutcome.ConnectionLost, call => call.Say(Bob, new EndMessage { CallId = Id, Reason = EndReasons.ConnectionLost })),
        ["a newer call"] = (CallOutcome.Replaced, call => call.Say(Alice, new EndMessage { CallId = Id, Reason = EndReasons.Replaced })),
        ["somebody who makes up a reason"] = (CallOutcome.Finished, call => call.Say(Alice, new EndMessage { CallId = Id, Reason = "🎉" })),
        ["a lost network"] = (CallOutcome.ConnectionLost, call => { call.Leave(Bob); call.Fire(CallTimerKind.Away); }),
    };

    public static TheoryData<string> EndersOfARing => [.. WhileItRings.Keys];

    public static TheoryData<string> EndersOfATalk => [.. WhileTheyTalk.Keys];

    [Theory, MemberData(nameof(EndersOfARing))]
    public void A_call_that_was_not_answered_keeps_how_and_when_it_ended(string by)
    {
        var (outcome, end) = WhileItRings[by];
        var call = Ring(Bob);
        call.Now += TimeSpan.FromSeconds(5);
        end(call);
        (call.Call.Outcome, call.Call.EndedAt, call.Call.AnsweredAt, call.Call.AnsweredBy).Should().Be((outcome, call.Now, null, null));
    }

    [Theory, MemberData(nameof(EndersOfATalk))]
    public void A_call_that_was_answered_keeps_by_whom_and_when_and_how_it_ended(string by)
    {
        var (outcome, end) = WhileTheyTalk[by];
        var call = Answered();
        var answered = call.Now;
        (call.Call.Outcome, call.Call.EndedAt, call.Call.AnsweredAt, call.Call.AnsweredBy).Should().Be((null, null, answered, Bob));
        call.Now += TimeSpan.FromSeconds(5);
        end(call);
        (call.Call.Outcome, call.Call.EndedAt, call.Call.AnsweredAt, call.Call.AnsweredBy).Should().Be((outcome, call.Now, answered, Bob));
    }

    [Fact]
    public void What_comes_after_the_end_changes_nothing_of_it()
    {
        var call = Answered();
        call.Say(Bob, new EndMessage { CallId = Id, Reason = EndReasons.Hangup });
        var ended = call.Call.EndedAt;
        call.Now += TimeSpan.FromSeconds(5);
        call.Say(Alice, new EndMessage { CallId = Id, Reason = EndReasons.Failed });
        (call.Call.Outcome, call.Call.EndedAt).Should().Be((CallOutcome.Finished, ended));
    }
}
