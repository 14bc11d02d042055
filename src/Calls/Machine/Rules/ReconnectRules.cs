using Calls.Media;
using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>A connection that was up and falls silent: the call stays Connected while it is mended.</summary>
internal static class ReconnectRules
{
    public static CallStep Connection(MachineState state, ConnectionChanged changed, MachineSettings settings)
    {
        var call = state.Call!;
        return changed.State switch
        {
            MediaConnectionState.Connected => CallStep.To(
                state with { Call = call with { IsReconnecting = false } },
                CallEffect.Cancel(CallTimer.Silence),
                CallEffect.Cancel(CallTimer.Reconnect)),
            MediaConnectionState.Disconnected when !call.IsReconnecting
                => CallStep.To(state, CallEffect.Set(CallTimer.Silence, settings.ReconnectAfter)),
            MediaConnectionState.Failed when changed.NeedsNewSession => Replace(state, settings),
            MediaConnectionState.Failed => call.IsReconnecting ? Again(state, settings) : Begin(state, settings),
            MediaConnectionState.Closed => EndingRules.Over(
                state, settings, CallEndReason.MediaFailed, CallEndedBy.Me, tell: EndingRules.Farewell(call, EndReasons.Failed)),
            _ => CallStep.Ignored(state),
        };
    }

    public static CallStep SilenceTimer(MachineState state, TimerFired fired, MachineSettings settings) => Begin(state, settings);

    public static CallStep ReconnectTimer(MachineState state, TimerFired fired, MachineSettings settings)
        => state.Call!.IsReconnecting
            ? EndingRules.Over(
                state, settings, CallEndReason.ConnectionLost, CallEndedBy.Me, tell: EndingRules.Farewell(state.Call, EndReasons.ConnectionLost))
            : CallStep.Ignored(state);

    /// <summary>What was to mend the connection has failed too, because the network was not back yet. Whoever sees it offers once more: engines give up at different times, and one that has given up
    /// does not hear the other.</summary>
    private static CallStep Again(MachineState state, MachineSettings settings)
        => settings.CanRestartIce && !state.Call!.IsForgotten && state.Call.Negotiation.Stage == NegotiationStage.None
            ? NegotiationRules.Owe(CallStep.To(state), restart: true, settings)
            : CallStep.Ignored(state);

    /// <summary>One side only restarts ICE first, the caller's: two offers at once would have to be untangled.</summary>
    private static CallStep Begin(MachineState state, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.IsReconnecting)
            return CallStep.Ignored(state);
        var step = Lost(state, settings);
        return call.Role == CallRole.Caller && !call.IsForgotten ? NegotiationRules.Owe(step, restart: true, settings) : step;
    }

    /// <summary>Only this side knows that its session is beyond mending, and so offers from a new one whoever called. What a session says that is being replaced, or has not met its peer yet, is old.</summary>
    private static CallStep Replace(MachineState state, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.Negotiation is { Fresh: true, Stage: not NegotiationStage.None })
            return CallStep.Ignored(state);
        var beyond = state with { Call = call with { NeedsNewSession = true } };
        var step = call.IsReconnecting ? CallStep.To(beyond) : Lost(beyond, settings);
        return call.IsForgotten ? step : NegotiationRules.Owe(step, restart: true, settings);
    }

    private static CallStep Lost(MachineState state, MachineSettings settings)
        => CallStep.To(
            state with { Call = state.Call! with { IsReconnecting = true } },
            CallEffect.Cancel(CallTimer.Silence),
            CallEffect.Set(CallTimer.Reconnect, state.Call!.IsForgotten ? settings.ForgottenTimeout : settings.ReconnectTimeout));
}
