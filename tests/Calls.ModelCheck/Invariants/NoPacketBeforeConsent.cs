namespace Calls.ModelCheck;

/// <summary>No peer connection is made or described for a call that the user of this device has neither started nor accepted.</summary>
internal static class NoPacketBeforeConsent
{
    public static void Ordered(World world, Device device, MediaJob job)
    {
        if (job.Order is not (Machine.MediaOrder.Open or Machine.MediaOrder.SetDevices) && !Consent.Has(device, job.Call))
            world.Break(nameof(NoPacketBeforeConsent), $"{Names.Title(device.Index)} was told to {job.Order?.ToString() ?? "AddCandidates"} for {job.Call}");
    }
}
