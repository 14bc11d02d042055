using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>A connected call of which the server knows nothing any more, because it was started anew. The two talk on; but nothing passes between them but their media, not even that one has hung up.</summary>
internal static class ForgottenRules
{
    /// <summary>A server that does not name the call is asked, by what changes nothing: there are servers that name none.</summary>
    public static CallStep Welcome(MachineState state, WelcomeReceived received, MachineSettings settings)
    {
        var call = state.Call!;
        var greeted = SignalingRules.Greeted(state, received.Message);
        return received.Message.Calls.Any(known => known.CallId == call.Id)
            ? CallStep.To(greeted with { Call = call with { IsForgotten = false } })
            : CallStep.To(greeted, CallEffect.Send(DeviceRules.Message(call.Id, call.Told)));
    }

    public static CallStep Refused(MachineState state, ErrorReceived received, MachineSettings settings)
    {
        var call = state.Call!;
        if (received.Message.Code != ErrorCodes.NotAllowed)
            return EndingRules.Refused(state, received, settings);
        return call.IsForgotten
            ? CallStep.Ignored(state)
            : CallStep.To(
                state with { Call = call with { IsForgotten = true } },
                CallEffect.Trouble(new(
                    call.Id, CallErrorKind.Signaling, "The server does not know this call any more: it goes on as it is, and what changes in it may not reach the other side.")),
                call.IsReconnecting ? CallEffect.Set(CallTimer.Reconnect, settings.ForgottenTimeout) : CallEffect.None);
    }
}
