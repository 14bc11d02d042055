namespace Calls.ModelCheck;

/// <summary>A manager has one peer connection at most, for its current call, and opens its devices once a call.</summary>
internal static class OneSession
{
    public static void Check(World world, Device device)
    {
        if (device.Media is not { } media)
            return;
        if (!device.State.IsActive)
            world.Break(nameof(OneSession), $"{Names.Title(device.Index)} is {device.State.State} and holds media");
        else if (media.DevicesId != device.State.Call!.DevicesId)
            world.Break(nameof(OneSession), $"{Names.Title(device.Index)} holds the media of {media.DevicesId} in {device.State.Call.Id}");
        else if (media is { Session: { } session, Queue.Length: 0 } && session.Call != device.State.Call.Id)
            world.Break(nameof(OneSession), $"{Names.Title(device.Index)} holds a session of {session.Call} in {device.State.Call.Id}");
    }
}
