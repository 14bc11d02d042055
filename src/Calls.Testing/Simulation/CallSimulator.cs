using Calls.Machine;

namespace Calls.Testing;

/// <summary>
/// Plays calls between any number of users and devices on a virtual clock, with everything going wrong that may, and judges what comes of it: the
/// real machine, the real numbering of messages and the real router, on one thread, so that a seed plays the same every time.
/// </summary>
/// <remarks>Judged during the run: legal transitions, only the user answers, no device opens before his consent, devices open once a call, one end event
/// a call and side. Judged at rest, and again after everybody has hung up: both sides agree on the call and on what the other sends, no timer is set,
/// no negotiation hangs, one session a connected side and none elsewhere, the server has forgotten every call that is over.</remarks>
public static class CallSimulator
{
    /// <summary>Plays one seed. Where something was violated it is played again with a timeline.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="options">What to play; null: the defaults.</param>
    /// <param name="withTimeline">Whether to write the timeline in any case.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SimulationResult Run(int seed, CallSimulatorOptions? options = null, bool withTimeline = false)
    {
        options ??= new();
        options.ThrowIfInvalid();
        var result = Play(seed, options, withTimeline);
        return result.IsClean || withTimeline ? result : Play(seed, options, withTimeline: true);
    }

    private static SimulationResult Play(int seed, CallSimulatorOptions options, bool withTimeline)
    {
        var world = new Simulation(seed, options, withTimeline);
        var started = 0;
        foreach (var device in world.Devices)
            device.Connect();
        for (var i = 0; i < options.Acts; i++)
            world.Clock.At(Sometime(), () => started += new SimulatedUser(world, world.Any(world.Devices)).Act());
        for (var i = 0; i < options.Incidents; i++)
            world.Clock.At(Sometime(), () => Incident.Happen(world));
        world.Clock.At(options.Duration, () => world.IsFaulty = false);
        world.RunToRest();
        if (world.Violations.Count == 0)
            RestingState.Check(world);
        if (world.Violations.Count == 0)
        {
            foreach (var device in world.Devices)
                device.Do(new EndCommand());
            world.RunToRest();
            RestingState.Check(world);
            foreach (var device in world.Devices.Where(device => device.State.State != CallState.Idle))
                world.Complain(device, $"a hung-up call is over: {device.State.State}");
        }

        return new(seed, [.. world.Violations], world.Timeline, world.Steps, started, world.SidesConnected, world.GlaresLost);

        TimeSpan Sometime() => world.Between(0.5, options.Duration.TotalSeconds);
    }
}
