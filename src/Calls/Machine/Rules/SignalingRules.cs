using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>What the signaling connection itself tells.</summary>
internal static class SignalingRules
{
    public static CallStep Welcome(MachineState state, WelcomeReceived received, MachineSettings settings)
        => CallStep.To(Greeted(state, received.Message));

    /// <summary>A server that no longer knows the call that rings here has ended it while we were away.</summary>
    public static CallStep WelcomeWhileRinging(MachineState state, WelcomeReceived received, MachineSettings settings)
    {
        var greeted = Greeted(state, received.Message);
        return received.Message.Calls.Any(call => call.CallId == state.Call!.Id)
            ? CallStep.To(greeted)
            : EndingRules.Over(greeted, settings, CallEndReason.NoAnswer, CallEndedBy.Server);
    }

    public static CallStep Delivered(MachineState state, DescriptionDelivered delivered, MachineSettings settings)
        => state.Call!.DescriptionDelivered
            ? CallStep.Ignored(state)
            : CallStep.To(state with { Call = state.Call with { DescriptionDelivered = true } });

    /// <summary>Without signaling for good an offer that was not delivered never will be; a running call does not need it.</summary>
    public static CallStep Closed(MachineState state, SignalingClosed closed, MachineSettings settings)
        => state.Call!.DescriptionDelivered
            ? CallStep.Ignored(state)
            : EndingRules.Over(state, settings, CallEndReason.SignalingFailed, CallEndedBy.Server, closed.Error);

    public static MachineState Greeted(MachineState state, WelcomeMessage welcome)
        => state with { Self = new Party(welcome.UserId, welcome.DeviceId) };
}
