using Calls.Machine;

namespace Calls.ModelCheck;

/// <summary>A timer runs only in a state that waits for it, and only for the current call.</summary>
internal static class NoStrayTimer
{
    public static void Check(World world, Device device)
    {
        for (var timer = CallTimer.Ring; timer <= CallTimer.Linger; timer++)
        {
            if (!device.IsSet(timer))
                continue;
            var waits = device.State.State switch
            {
                CallState.Outgoing or CallState.IncomingRinging => timer == CallTimer.Ring,
                CallState.Connecting => timer is CallTimer.Ring or CallTimer.Connect,
                CallState.Connected => timer is CallTimer.Silence or CallTimer.Reconnect or CallTimer.Negotiation,
                CallState.Ended or CallState.Failed => timer == CallTimer.Linger,
                _ => false,
            };
            if (!waits || device.Timers[(int)timer] != device.State.Call!.Id)
                world.Break(nameof(NoStrayTimer), $"{timer} runs at {Names.Title(device.Index)}, which is {device.State.State}");
        }
    }
}
