using Calls.Machine;

namespace Calls.ModelCheck;

/// <summary>The seven states follow one another only as the design says, and what is not the user's act is never refused.</summary>
internal static class LegalTransitions
{
    public static void Check(World world, MachineState before, MachineState after)
    {
        if (!Testing.LegalTransitions.Allow(before.State, after.State))
            world.Break(nameof(LegalTransitions), $"{before.State} → {after.State}");
    }
}
