using Calls.Machine;
using Calls.Media;

namespace Calls.ModelCheck;

/// <summary>What a world becomes when one of its choices happens.</summary>
internal static class Happening
{
    public static World Of(Model model, World before, Choice choice)
    {
        var world = before.Copy();
        switch (choice.Kind)
        {
            case <= ChoiceKind.Reconnect:
                Connection(model, world, choice);
                break;
            case <= ChoiceKind.LinkDies:
                Media(model, world, choice);
                break;
            case ChoiceKind.Timer:
                if (choice.Second == Choice.Early)
                    world.Left = world.Left with { EarlyTimers = (byte)(world.Left.EarlyTimers - 1) };
                Timer(model, world, choice.Device, (CallTimer)choice.Argument);
                break;
            case ChoiceKind.ServerTimer:
                world.HasCause = true;
                if (choice.Device == Choice.Early)
                    world.Left = world.Left with { EarlyTimers = (byte)(world.Left.EarlyTimers - 1) };
                var call = world.Calls[choice.Argument];
                new ServerTurn(model, world).Fire(call.Call.Id, call.Timers[choice.Second]);
                break;
            case <= ChoiceKind.ToggleHold:
                UserActs.Happen(model, world, choice);
                break;
            default:
                Faults.Happen(world, choice);
                break;
        }

        return world;
    }

    private static void Connection(Model model, World world, Choice choice)
    {
        var device = world.Devices[choice.Device] = world.Devices[choice.Device].Copy();
        switch (choice.Kind)
        {
            case ChoiceKind.ServerTakes:
                var toServer = device.ToServer[0];
                device.ToServer = device.ToServer.RemoveAt(0);
                new ServerTurn(model, world).Receive(choice.Device, toServer);
                break;
            case ChoiceKind.DeviceTakes:
                var fromServer = device.FromServer[0];
                device.FromServer = device.FromServer.RemoveAt(0);
                new ClientTurn(model, world, choice.Device).Take(fromServer);
                break;
            case ChoiceKind.ServerNotices:
                new ServerTurn(model, world).Disconnect(choice.Device);
                break;
            default:
                device.IsUp = true;
                new ServerTurn(model, world).Connect(choice.Device);
                break;
        }
    }

    private static void Media(Model model, World world, Choice choice)
    {
        var turn = new ClientTurn(model, world, choice.Device);
        var device = world.Devices[choice.Device];
        var session = device.Media!.Session;
        switch (choice.Kind)
        {
            case ChoiceKind.MediaSucceeds or ChoiceKind.MediaFails:
                var fails = choice.Kind == ChoiceKind.MediaFails;
                if (fails)
                    Failed(world);
                if (MediaTurn.Finish(world, device, fails) is { } report)
                    turn.Step(report);
                break;
            case ChoiceKind.CandidatesGathered:
                device.Media = device.Media with { Session = session! with { HasCandidates = false } };
                if (model.Bounds.Candidates)
                    turn.Step(new LocalCandidates(session.Call, [Names.Candidate(session.Call, choice.Device)]));
                break;
            case ChoiceKind.LinkConnects:
                Link(MediaConnectionState.Connected);
                break;
            case ChoiceKind.LinkDisconnects:
                if (MediaTurn.Mate(world, device) is not null)
                    world.Left = world.Left with { Disconnects = (byte)(world.Left.Disconnects - 1) };
                Link(MediaConnectionState.Disconnected);
                break;
            case ChoiceKind.LinkDies:
                world.HasCause = true;
                world.Left = world.Left with { Deaths = (byte)(world.Left.Deaths - 1) };
                Link(MediaConnectionState.Failed, dies: true);
                break;
            default:
                Failed(world);
                Link(MediaConnectionState.Failed);
                break;
        }

        void Link(MediaConnectionState state, bool dies = false)
        {
            device.Media = device.Media! with { Session = session! with { Link = state, IsDead = dies } };
            turn.Step(new ConnectionChanged(session.Call, state, NeedsNewSession: dies));
        }
    }

    private static void Failed(World world)
    {
        world.HasCause = true;
        world.Left = world.Left with { MediaFailures = (byte)(world.Left.MediaFailures - 1) };
    }

    private static void Timer(Model model, World world, int at, CallTimer timer)
    {
        var turn = new ClientTurn(model, world, at);
        var device = world.Devices[at];
        var call = device.Timers[(int)timer];
        device.Timers = device.Timers.SetItem((int)timer, default);
        if (timer == CallTimer.Negotiation)
            world.Left = world.Left with { Negotiations = (byte)(world.Left.Negotiations - 1) };
        else if (timer is CallTimer.Ring or CallTimer.Connect or CallTimer.Reconnect)
            world.HasCause = true;
        turn.Step(new TimerFired(call, timer));
    }
}
