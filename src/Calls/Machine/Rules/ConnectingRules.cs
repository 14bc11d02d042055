using Calls.Media;
using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>From the answer to a connection that is up.</summary>
internal static class ConnectingRules
{
    /// <summary>
    /// Remote candidates wait until the session has the description that they belong to. One that was told the offer ahead may have them at once, and gets
    /// them again with the rest.
    /// </summary>
    public static CallStep Candidates(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var call = state.Call!;
        var candidates = ((CandidatesMessage)received.Message).Candidates;
        if (candidates.Count == 0)
            return CallStep.Ignored(state);
        if (call.RemoteApplied)
            return CallStep.To(state, CallEffect.AddCandidates(candidates));
        var held = EarlyCandidates.Append(call.HeldRemote, candidates, settings.MaxEarlyCandidates);
        var next = state with { Call = call with { HeldRemote = held } };
        return call is { Role: CallRole.Callee, Media: MediaStage.Opening } ? CallStep.To(next, CallEffect.AddAhead(candidates)) : CallStep.To(next);
    }

    /// <summary>Own candidates never precede the offer or answer they belong to, neither the first nor one inside the call.</summary>
    public static CallStep LocalCandidates(MachineState state, LocalCandidates gathered, MachineSettings settings)
    {
        var call = state.Call!;
        return call.DescriptionSent && call.Negotiation.Stage is NegotiationStage.None or NegotiationStage.Offered
            ? CallStep.To(state, CallEffect.Send(new CandidatesMessage { CallId = call.Id, Candidates = gathered.Candidates }))
            : CallStep.To(state with { Call = call with { HeldLocal = call.HeldLocal.AddRange(gathered.Candidates) } });
    }

    /// <remarks>A connection that is up before the devices are open and the own offer or answer is sent is none of this call's.</remarks>
    public static CallStep Connection(MachineState state, ConnectionChanged changed, MachineSettings settings)
    {
        var call = state.Call!;
        return changed.State switch
        {
            MediaConnectionState.Connected when call is { Media: MediaStage.Open, DescriptionSent: true } => NegotiationRules.Continue(
                CallStep.To(state with { State = CallState.Connected }, CallEffect.Cancel(CallTimer.Connect)), settings),
            MediaConnectionState.Failed or MediaConnectionState.Closed => EndingRules.Over(
                state, settings, CallEndReason.ConnectFailed, CallEndedBy.Me, tell: EndingRules.Farewell(call, EndReasons.Failed)),
            _ => CallStep.Ignored(state),
        };
    }

    public static CallStep ConnectTimer(MachineState state, TimerFired fired, MachineSettings settings)
        => EndingRules.Over(
            state, settings, CallEndReason.ConnectTimeout, CallEndedBy.Me, tell: EndingRules.Farewell(state.Call!, EndReasons.Failed));
}
