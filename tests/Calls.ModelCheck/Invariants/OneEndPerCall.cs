namespace Calls.ModelCheck;

/// <summary>Each side is told one end of each call; a call that is over stays over.</summary>
internal static class OneEndPerCall
{
    public static void Told(World world, Device device, CallEnd end)
    {
        if (device.Ends.Contains(end.CallId))
            world.Break(nameof(OneEndPerCall), $"{Names.Title(device.Index)} is told a second end of {end.CallId}");
        else
            device.Ends = device.Ends.Add(end.CallId);
    }

    public static void Check(World world, Device device)
    {
        if (device.State is { IsActive: true, Call: { } call } && device.Ends.Contains(call.Id))
            world.Break(nameof(OneEndPerCall), $"{call.Id} was over for {Names.Title(device.Index)} and is {device.State.State} again");
    }
}
