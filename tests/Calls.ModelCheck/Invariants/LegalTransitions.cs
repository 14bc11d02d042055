using Calls.Machine;
using static Calls.CallState;

namespace Calls.ModelCheck;

/// <summary>The seven states follow one another only as the design says, and what is not the user's act is never refused.</summary>
internal static class LegalTransitions
{
    public static void Check(World world, MachineState before, MachineState after)
    {
        if (before.State == after.State)
            return;
        var legal = (before.State, after.State) switch
        {
            (Idle or Ended or Failed, Outgoing or IncomingRinging) => true,
            (Ended or Failed, Idle) => true,
            (Outgoing or IncomingRinging, Connecting or Ended or Failed) => true,
            (Connecting, Connected or Ended or Failed) => true,
            (Connected, Ended or Failed) => true,
            _ => false,
        };
        if (!legal)
            world.Break(nameof(LegalTransitions), $"{before.State} → {after.State}");
    }
}
