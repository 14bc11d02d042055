using Calls.Media;
using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>A call on hold: while either side holds it, neither sends nor plays anything. What the user wants of his devices is kept meanwhile.</summary>
internal static class HoldRules
{
    public static CallStep Toggle(MachineState state, ToggleHoldCommand command, MachineSettings settings)
        => Apply(state, state.Call! with { IsOnHold = !state.Call.IsOnHold });

    /// <summary>What the peer tells of its devices; its hold is obeyed.</summary>
    public static CallStep PeerTold(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var told = (MediaStateMessage)received.Message;
        return Apply(state, state.Call! with { PeerDevices = new(told.Muted, told.Video, told.Hold) });
    }

    /// <summary>Devices that cannot be held or let go leave the hold as it really is, unless something else was asked since.</summary>
    public static CallData Follow(CallData call, DevicesSet set)
    {
        var held = call.Devices.Wanted.Held;
        if (held != set.Asked.Held || held == set.Actual.Held)
            return call;
        var wanted = call.Devices.Wanted with { Held = set.Actual.Held };
        return call with { IsOnHold = set.Actual.Held && !call.PeerDevices.Held, Devices = call.Devices with { Wanted = wanted } };
    }

    public static CallEffect Trouble(CallData call, MediaException cause)
        => CallEffect.Trouble(new(call.Id, CallErrorKind.Hold, "The call could not be put on hold, or taken off it; it goes on.", cause));

    private static CallStep Apply(MachineState state, CallData call)
        => DeviceRules.Want(state, call, call.Devices.Wanted with { Held = call.IsOnHold || call.PeerDevices.Held });
}
