using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>
/// A session that is replaced inside the call, where an engine cannot do in place what a round wants, or a session is beyond mending: the devices stay open, the old peer connection
/// is closed, a new one made, and the peer told to answer from a new one too (a new DTLS association; RFC 8842, section 4).
/// </summary>
internal static class SessionRules
{
    /// <summary>Whether the round that is owed has to come from a new session.</summary>
    public static bool IsNeeded(CallData call, MachineSettings settings)
        => call.NeedsNewSession || call.Negotiation.Fresh || !settings.CanRenegotiate || (call.Negotiation.Restart && !settings.CanRestartIce);

    /// <summary>Whether the session that stands can take an offer of the peer's: one in trouble will be asked to restart ICE.</summary>
    public static bool CanTake(CallData call, MachineSettings settings)
        => !call.NeedsNewSession && !call.Negotiation.Fresh && (call.IsReconnecting ? settings.CanRestartIce : settings.CanRenegotiate);

    /// <summary>An offer that cannot be taken in place: the peer offers again from a new session. An own round waits for it.</summary>
    public static CallStep AskForNew(MachineState state, NegotiateMessage offer, MachineSettings settings)
    {
        var call = state.Call!;
        var negotiation = call.Negotiation;
        var owes = negotiation.Again || negotiation.Stage != NegotiationStage.None;
        var waiting = negotiation with { Stage = NegotiationStage.None, Again = owes };
        return CallStep.To(
            state with { Call = call with { Negotiation = waiting, HeldLocal = [] } },
            CallEffect.Send(new NegotiateMessage { CallId = call.Id, Kind = NegotiateKind.Reject, Round = offer.Round, NewSession = true }),
            CallEffect.Set(CallTimer.Negotiation, settings.NegotiationRetry).If(owes));
    }

    /// <summary>A new session that both have agreed on is silent until it connects; where the peer has gone meanwhile, for ever.</summary>
    public static CallEffect Await(CallData call, MachineSettings settings)
        => CallEffect.Set(CallTimer.Silence, settings.ReconnectAfter).If(call is { IsReconnecting: false, Negotiation.Fresh: true });

    /// <summary>Owes a round of a new session.</summary>
    public static CallStep Again(CallStep step, bool atOnce, MachineSettings settings)
    {
        var call = step.State.Call!;
        var owed = step.In(step.State with { Call = call with { HeldLocal = [], Negotiation = call.Negotiation with { Again = true, Fresh = true } } });
        return atOnce ? NegotiationRules.Continue(owed, settings) : owed.With(CallEffect.Set(CallTimer.Negotiation, settings.NegotiationRetry));
    }

    /// <summary>The old session is closed and the new one came to nothing: try again, for as long as reconnecting may take.</summary>
    public static CallStep Mend(CallStep step, MachineSettings settings)
    {
        var call = step.State.Call!;
        return Again(
            step.In(step.State with { Call = call with { IsReconnecting = true } })
                .With(CallEffect.Set(CallTimer.Reconnect, settings.ReconnectTimeout).If(!call.IsReconnecting)),
            atOnce: false,
            settings);
    }
}
