using Calls.Machine;
using static Calls.CallState;

namespace Calls.ModelCheck;

/// <summary>The ten bugs, each of which has shipped somewhere or is easily made.</summary>
internal static class KnownBugs
{
    private static readonly Bounds Small = Bounds.Parse(
        "bob-devices=1 candidates=0 alice-starts=1 bob-starts=0 ends=0 rejects=0 losses=0 duplicates=0 negotiations=0 early-timers=0");

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("Signal 2019: a ringing callee obeys an answer", nameof(NoCaptureBeforeConsent),
            Small.With("forgeries", 1), Cell(BuggyMachine.AcceptOnAnswer, CallRow.Answer, IncomingRinging)),
        new("FaceTime 2019: the caller answers his own call", nameof(AnsweredOnlyByConsent),
            Small.With("forged-own-answers", 1), Routed: BuggyServer.CallerAnswers),
        new("JioChat and Mocha 2020: candidates connect before the accept", nameof(NoPacketBeforeConsent),
            Small.With("candidates", 1), Cell(BuggyMachine.ConnectOnCandidates, CallRow.Candidates, IncomingRinging)),
        new("Duo 2020: tracks are attached first and disabled later", nameof(NoCaptureBeforeConsent),
            Small, Cell(BuggyMachine.OpenOnOffer, CallRow.Offer, Idle, Ended, Failed)),
        new("Messenger 2020: a negotiation before the accept makes the callee send", nameof(NoPacketBeforeConsent),
            Small.With("forgeries", 1), Cell(BuggyMachine.AnswerNegotiation, CallRow.Negotiate, IncomingRinging)),
        new("glare: both lose", nameof(CausedEnds),
            Small.With("bob-starts", 1), Cell(BuggyMachine.AlwaysLose, CallRow.Offer, Outgoing)),
        new("an answer after the timeout is taken", nameof(LegalTransitions),
            Small.With("early-timers", 1), Cell(BuggyMachine.AnswerAfterEnd, CallRow.Answer, Ended, Failed)),
        new("an end before the offer still rings", nameof(OneEndPerCall),
            Small.With("ends", 1).With("pushes", 1), Cell(BuggyMachine.ForgetTheEnd, CallRow.Offer, Idle, Ended, Failed)),
        new("a candidate of the old call is applied to the new one", nameof(OwnCallOnly),
            Small.With("candidates", 1).With("bob-starts", 1),
            Cell(BuggyMachine.TakeAnyCandidate, CallRow.OtherCandidates, Outgoing, Connecting, Connected)),
        new("a second device answers too", nameof(OneAnswerPerCall),
            Small.With("bob-devices", 2), Routed: BuggyServer.EveryAnswerWins),
    ];

    private static CallTable Cell(CallRule rule, CallRow row, params CallState[] states)
        => states.Aggregate(CallRules.Table, (table, state) => table.With(state, row, new(StepKind.Transition, rule, CallTable.States)));
}
