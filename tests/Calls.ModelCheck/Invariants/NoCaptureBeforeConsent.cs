using Calls.Machine;

namespace Calls.ModelCheck;

/// <summary>No microphone and no camera is opened for a call that the user of this device has neither started nor accepted.</summary>
internal static class NoCaptureBeforeConsent
{
    public static void Ordered(World world, Device device, Media media, MediaJob job)
    {
        if (job.Order is MediaOrder.Open or MediaOrder.SetDevices && !Consent.Has(device, media.DevicesId))
            world.Break(nameof(NoCaptureBeforeConsent), $"{Names.Title(device.Index)} was told to {job.Order} its devices for {media.DevicesId}");
    }
}
