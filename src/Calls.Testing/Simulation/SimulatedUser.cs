using Calls.Machine;

namespace Calls.Testing;

/// <summary>Whoever holds a device: starts, answers, declines, hangs up, mutes and shows himself as the seed says.</summary>
internal sealed class SimulatedUser(Simulation world, SimulatedDevice device)
{
    public int Act()
    {
        switch (world.Next(10))
        {
            case < 3:
                Call(world.Any([.. world.Users.Where(user => user != device.Party.UserId)]));
                return 1;
            case 3:
                var peer = world.Any([.. world.Devices.Where(other => other.Party.UserId != device.Party.UserId)]);
                Call(peer.Party.UserId);
                world.Clock.Schedule(world.Between(0, 0.5), () => new SimulatedUser(world, peer).Call(device.Party.UserId));
                return 2;
            case 4:
                device.Do(new AcceptCommand(world.Chance(0.5)));
                return 0;
            case 5:
                device.Do(new RejectCommand());
                return 0;
            case 6:
                device.Do(new EndCommand());
                return 0;
            case 7:
                device.Do(new ToggleMuteCommand());
                return 0;
            case 8:
                device.Do(new ToggleVideoCommand());
                return 0;
            default:
                device.Later(() => device.Step(new NegotiationReported(device.State.Call?.Id ?? default)));
                return 0;
        }
    }

    public void HearRing(CallId call)
    {
        var after = world.Between(0.2, 8);
        if (world.Chance(0.7))
            world.Clock.Schedule(after, () => device.Do(new AcceptCommand(world.Chance(0.5), call)));
        else if (world.Chance(0.3))
            world.Clock.Schedule(after, () => device.Do(new RejectCommand()));
    }

    private void Call(string user) => device.Do(new StartCommand(world.NewCallId(), user, world.Chance(0.5)));
}
