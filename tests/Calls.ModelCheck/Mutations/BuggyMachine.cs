using Calls.Machine;
using Calls.Machine.Rules;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>Cells of the machine's table as they must never be.</summary>
internal static class BuggyMachine
{
    public static CallStep AcceptOnAnswer(MachineState state, CallInput input, MachineSettings settings)
        => IncomingRules.Accept(state, new AcceptCommand(Video: false), settings);

    public static CallStep ConnectOnCandidates(MachineState state, CallInput input, MachineSettings settings)
        => CallStep.To(
            state,
            CallEffect.Media(MediaOrder.Connect),
            CallEffect.Media(MediaOrder.AnswerOffer, state.Call!.RemoteOffer),
            CallEffect.AddCandidates(((CandidatesMessage)((MessageReceived)input).Message).Candidates));

    public static CallStep OpenOnOffer(MachineState state, CallInput input, MachineSettings settings)
    {
        var step = IncomingRules.Offer(state, (MessageReceived)input, settings);
        return step.State.State == CallState.IncomingRinging
            ? step.With(CallEffect.Media(MediaOrder.Open, new DeviceWish(Muted: true, VideoSource.Off)))
            : step;
    }

    public static CallStep AnswerNegotiation(MachineState state, CallInput input, MachineSettings settings)
        => CallStep.To(
            state,
            CallEffect.Media(MediaOrder.Connect),
            CallEffect.Media(MediaOrder.AnswerOffer, ((NegotiateMessage)((MessageReceived)input).Message).Sdp));

    /// <summary>Whatever the ids are: as if the other's were the smaller.</summary>
    public static CallStep AlwaysLose(MachineState state, CallInput input, MachineSettings settings)
    {
        var own = state.Call!;
        var step = GlareRules.Offer(state with { Call = own with { DescriptionSent = false } }, (MessageReceived)input, settings);
        return own.DescriptionSent && step.State.State == CallState.Connecting
            ? step.With(CallEffect.Send(new EndMessage { CallId = own.Id, Reason = EndReasons.Replaced }))
            : step;
    }

    public static CallStep AnswerAfterEnd(MachineState state, CallInput input, MachineSettings settings)
        => OutgoingRules.Answer(state, (MessageReceived)input, settings);

    public static CallStep ForgetTheEnd(MachineState state, CallInput input, MachineSettings settings)
        => IncomingRules.Offer(state with { Over = EndedCalls.None }, (MessageReceived)input, settings);

    public static CallStep TakeAnyCandidate(MachineState state, CallInput input, MachineSettings settings)
        => ConnectingRules.Candidates(state, (MessageReceived)input, settings);
}
