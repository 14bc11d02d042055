using Calls.Machine;
using Calls.Signaling.Server;

namespace Calls.Testing;

/// <summary>What must hold when nothing is left to happen.</summary>
internal static class RestingState
{
    public static void Check(Simulation world)
    {
        foreach (var device in world.Devices)
            Check(world, device);
        foreach (var call in world.Router.Calls)
        {
            var answered = call.Legs.Count(leg => leg.IsEssential && InCall(world, leg.Party, call.Id));
            if (call.Phase != RoutedCallPhase.Answered || answered != 2)
                world.Complain(null, $"the server forgets every call: {call.Id} is {call.Phase}, {answered} sides are in it");
        }

        if (world.Router.TimerCount > 0)
            world.Complain(null, "all timers clear: the server has one");
        var open = world.Sessions.Count(session => !session.IsClosed);
        var connected = world.Devices.Count(device => device.State.State == CallState.Connected);
        if (open != connected)
            world.Complain(null, $"one session a call: {open} are open, {connected} sides are connected");
    }

    private static void Check(Simulation world, SimulatedDevice device)
    {
        if (device.Timers.Any())
            world.Complain(device, $"all timers clear: {string.Join(", ", device.Timers)}");
        var call = device.State.Call;
        if (device.State.State == CallState.Idle)
        {
            if (device.Media is not null)
                world.Complain(device, "media is released");
            return;
        }

        if (device.State.State != CallState.Connected || call is null)
        {
            world.Complain(device, $"every call ends or connects: it stays {device.State.State}");
            return;
        }

        var peer = world.Devices.FirstOrDefault(other => other.Party.UserId == call.Peer?.UserId && other.Party.DeviceId == call.Peer.DeviceId);
        if (peer?.State is not { State: CallState.Connected, Call: { } theirs } || theirs.Id != call.Id || theirs.Role == call.Role)
        {
            world.Complain(device, $"both sides agree: Connected in {call.Id}, and {peer?.Name} is {peer?.State.State} in {peer?.State.Call?.Id}");
            return;
        }

        if (theirs.PeerDevices != call.Devices.Actual)
            world.Complain(device, $"the far side sees the final state: {call.Devices.Actual}, seen as {theirs.PeerDevices}");
        if (call.Negotiation is not { Stage: NegotiationStage.None, Again: false })
            world.Complain(device, $"a negotiation comes to its end: {call.Negotiation}");
        if (call.IsReconnecting)
            world.Complain(device, "reconnecting comes to its end");
    }

    private static bool InCall(Simulation world, Calls.Signaling.Party party, CallId call)
        => world.Devices.Any(device => device.Party.UserId == party.UserId && device.Party.DeviceId == party.DeviceId
            && device.State.State == CallState.Connected && device.State.Call!.Id == call);
}
