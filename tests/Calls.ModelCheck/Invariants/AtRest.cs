using Calls.Signaling.Server;

namespace Calls.ModelCheck;

/// <summary>When nothing is in flight, nothing is pending and no timer is left, every call is over or stands, and both sides agree which.</summary>
internal static class EveryCallEnds
{
    public static void Check(World world)
    {
        foreach (var device in world.Devices)
        {
            if (device.State.State is CallState.Outgoing or CallState.IncomingRinging or CallState.Connecting)
                world.Break(nameof(EveryCallEnds), $"{Names.Title(device.Index)} stays {device.State.State} for ever");
        }
    }
}

/// <summary>At rest a call stands on both sides or on none, is carried by a connection of the two, and is on hold on both sides or on none.</summary>
internal static class BothSidesAgree
{
    public static void Check(World world)
    {
        foreach (var device in world.Devices)
        {
            if (device.State is not { State: CallState.Connected, Call: { } call })
                continue;
            var mates = world.Devices.Count(other => Names.IsAlice(other.Index) != Names.IsAlice(device.Index)
                && other.State.State == CallState.Connected && other.State.Call!.Id == call.Id);
            if (mates != 1)
                world.Break(nameof(BothSidesAgree), $"{Names.Title(device.Index)} is Connected in {call.Id}; of the others {mates} are");
            else if (call.Devices.Wanted.Held != world.Devices.Any(side => side.State.Call is { IsOnHold: true } held && held.Id == call.Id))
                world.Break(nameof(BothSidesAgree), $"{Names.Title(device.Index)} is not held as both sides are in {call.Id}");
            else if (MediaTurn.Mate(world, device) is null)
                world.Break(nameof(BothSidesAgree), $"{Names.Title(device.Index)} is Connected in {call.Id} without a connection");
        }
    }
}

/// <summary>At rest the server knows no call but those that stand.</summary>
internal static class ServerForgets
{
    public static void Check(World world)
    {
        foreach (var (call, _) in world.Calls)
        {
            var stands = call.Phase == RoutedCallPhase.Answered
                && world.Devices.Count(device => device.State.State == CallState.Connected && device.State.Call!.Id == call.Id) == 2;
            if (!stands)
                world.Break(nameof(ServerForgets), $"the server keeps {call.Id}, which is {call.Phase}, and no timer will end it");
        }
    }
}
