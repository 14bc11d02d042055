namespace Calls.ModelCheck;

/// <summary>Where no user ended or rejected, no timer ran out and no media failed, no call ends, whatever the network did: two who call each other are connected.</summary>
internal static class CausedEnds
{
    public static void Told(World world, Device device, CallEnd end)
    {
        if (!world.HasCause && end.Reason is not (CallEndReason.AnsweredElsewhere or CallEndReason.DeclinedElsewhere)
            && !(device.Index > 0 && end is { In: CallState.IncomingRinging, Reason: CallEndReason.Replaced }))
        {
            world.Break(nameof(CausedEnds), $"{end.CallId} ended for {Names.Title(device.Index)} ({end.Reason}), and nobody meant it");
        }
    }
}
