namespace Calls.ModelCheck;

/// <summary>What holds in every world. What holds of a step is looked at while the step is made.</summary>
internal static class Invariant
{
    public static Violation? Check(World world, bool isAtRest)
    {
        foreach (var device in world.Devices)
        {
            OneEndPerCall.Check(world, device);
            OneSession.Check(world, device);
            AnsweredOnlyByConsent.Check(world, device);
            NoStrayTimer.Check(world, device);
        }

        if (isAtRest)
        {
            EveryCallEnds.Check(world);
            BothSidesAgree.Check(world);
            ServerForgets.Check(world);
        }

        return world.Broken;
    }
}
