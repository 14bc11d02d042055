using Calls.Machine;

namespace Calls.ModelCheck;

/// <summary>What a host is shown contradicts itself in no state.</summary>
internal static class LegalSnapshot
{
    public static void Check(World world, MachineState after)
    {
        if (Testing.LegalSnapshots.Broken(after) is { } broken)
            world.Break(nameof(LegalSnapshot), broken);
    }
}
