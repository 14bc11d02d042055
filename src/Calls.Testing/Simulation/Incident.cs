namespace Calls.Testing;

/// <summary>Something that goes wrong at one moment.</summary>
internal static class Incident
{
    public static void Happen(Simulation world)
    {
        var device = world.Any(world.Devices);
        SimulatedFaults[] possible = [.. Incidents.Where(world.Has)];
        if (possible.Length == 0 || device.IsCrashed)
            return;
        switch (world.Any(possible))
        {
            case SimulatedFaults.Disconnect:
                device.LoseConnection();
                break;
            case SimulatedFaults.Crash:
                device.Crash();
                break;
            case SimulatedFaults.ClockJump:
                var sleep = world.Between(0, 60);
                world.Trace(device.Name, "fault", $"sleeps {sleep.TotalSeconds:F1} s");
                device.AsleepUntil = world.Clock.Now + sleep;
                break;
            default:
                if (world.Sessions.LastOrDefault(session => session.IsConnected && !session.IsClosed) is { } session)
                    session.Cut(world.Between(0, 60));
                break;
        }
    }

    private static SimulatedFaults[] Incidents { get; }
        = [SimulatedFaults.Disconnect, SimulatedFaults.Crash, SimulatedFaults.ClockJump, SimulatedFaults.MediaCut];
}
