namespace Calls.ModelCheck;

/// <summary>Where no user ended or rejected, no timer ran out and no media failed, no call ends, whatever the network did: two who call each other are connected.</summary>
internal static class CausedEnds
{
    public static void Told(World world, Device device, CallEnd end)
    {
        if (!world.HasCause && end.Reason is not (CallEndReason.AnsweredElsewhere or CallEndReason.DeclinedElsewhere)
            && !OtherDeviceSpeaks(world, device))
        {
            world.Break(nameof(CausedEnds), $"{end.CallId} ended for {Names.Title(device.Index)} ({end.Reason}), and nobody meant it");
        }
    }

    /// <summary>Where another device of this user calls or has answered, this one has nothing to wait for.</summary>
    private static bool OtherDeviceSpeaks(World world, Device device)
        => !Names.IsAlice(device.Index)
            && world.Devices.Any(other => !Names.IsAlice(other.Index) && other.Index != device.Index && other.Consent.Length > 0);
}
