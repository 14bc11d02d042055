using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>Everything that may happen next in a world.</summary>
internal static class ChoicesOf
{
    /// <summary>Fills in the choices; tells whether the world is at rest: nothing in flight, nothing pending, no timer but Linger.</summary>
    public static bool Fill(Model model, World world, List<Choice> choices)
    {
        choices.Clear();
        foreach (var device in world.Devices)
        {
            Messages(device, choices);
            Media(world, device, choices);
        }

        var early = choices.Count > 0;
        var quiet = !early;
        foreach (var device in world.Devices)
        {
            Connection(device, choices);
            quiet &= device is { IsUp: true, IsReady: true };
            quiet &= Timers(world, device, early, choices);
        }

        for (var i = 0; i < world.Calls.Length; i++)
        {
            for (var t = 0; t < world.Calls[i].Timers.Length; t++)
            {
                quiet = false;
                if (!early || world.Left.EarlyTimers > 0)
                    choices.Add(new(ChoiceKind.ServerTimer, early ? Choice.Early : (byte)0, (byte)i, (byte)t));
            }
        }

        foreach (var device in world.Devices)
        {
            Users(world, device, choices);
            Faults(world, device, choices);
        }

        return quiet;
    }

    private static void Messages(Device device, List<Choice> choices)
    {
        var at = (byte)device.Index;
        if (device.ToServer.Length > 0)
            choices.Add(new(ChoiceKind.ServerTakes, at));
        if (device.FromServer.Length > 0)
            choices.Add(new(ChoiceKind.DeviceTakes, at));
    }

    private static void Connection(Device device, List<Choice> choices)
    {
        var at = (byte)device.Index;
        if (!device.IsUp && device.IsKnown)
            choices.Add(new(ChoiceKind.ServerNotices, at));
        if (!device.IsUp)
            choices.Add(new(ChoiceKind.Reconnect, at));
    }

    private static void Media(World world, Device device, List<Choice> choices)
    {
        var at = (byte)device.Index;
        if (MediaTurn.Pending(device) is { } job)
        {
            choices.Add(new(ChoiceKind.MediaSucceeds, at));
            var canFail = job.Order is MediaOrder.Open or MediaOrder.AnswerOffer
                || (job is { Order: MediaOrder.SetDevices, Subject: DeviceWish { Video: not VideoSource.Off } });
            if (canFail && world.Left.MediaFailures > 0)
                choices.Add(new(ChoiceKind.MediaFails, at));
        }

        if (device.Media?.Session is not { } session)
            return;
        if (session.HasCandidates)
            choices.Add(new(ChoiceKind.CandidatesGathered, at));
        var mate = MediaTurn.Mate(world, device) is not null;
        if (mate && session.Link != MediaConnectionState.Connected && session.Link != MediaConnectionState.Failed)
            choices.Add(new(ChoiceKind.LinkConnects, at));
        if (session.Link == MediaConnectionState.Connected && !mate)
            choices.Add(new(ChoiceKind.LinkDisconnects, at));
        if (session is { Link: MediaConnectionState.New, Remote: >= 0 } && world.Left.MediaFailures > 0)
            choices.Add(new(ChoiceKind.LinkFails, at));
    }

    private static bool Timers(World world, Device device, bool early, List<Choice> choices)
    {
        var none = true;
        for (var timer = CallTimer.Ring; timer <= CallTimer.Linger; timer++)
        {
            if (!device.IsSet(timer))
                continue;
            none &= timer == CallTimer.Linger;
            if ((timer != CallTimer.Negotiation || world.Left.Negotiations > 0) && (!early || world.Left.EarlyTimers > 0))
                choices.Add(new(ChoiceKind.Timer, (byte)device.Index, (byte)timer, early ? Choice.Early : (byte)0));
        }

        return none;
    }

    private static void Users(World world, Device device, List<Choice> choices)
    {
        var at = (byte)device.Index;
        var state = device.State.State;
        var left = world.Left;
        if (device.State.IsActive)
        {
            if (state == CallState.IncomingRinging)
            {
                choices.Add(new(ChoiceKind.Accept, at));
                if (left.Rejects > 0)
                    choices.Add(new(ChoiceKind.Reject, at));
            }
            else if (left.Ends > 0)
            {
                choices.Add(new(ChoiceKind.End, at));
            }

            if (left.Mutes > 0)
                choices.Add(new(ChoiceKind.ToggleMute, at));
            if (left.Videos > 0)
                choices.Add(new(ChoiceKind.ToggleVideo, at));
            if (left.Screens > 0 && (state is CallState.Connecting or CallState.Connected))
                choices.Add(new(ChoiceKind.ToggleScreen, at));
            if (device.Media is { Devices.Video: VideoSource.Screen })
                choices.Add(new(ChoiceKind.ShareStops, at));
            if (left.Holds > 0 && state == CallState.Connected)
                choices.Add(new(ChoiceKind.ToggleHold, at));
        }

        if (state is CallState.Idle or CallState.IncomingRinging or CallState.Ended or CallState.Failed
            && (Names.IsAlice(device.Index) ? left.AliceStarts : left.BobStarts) > 0)
        {
            choices.Add(new(ChoiceKind.Start, at));
        }
    }

    private static void Faults(World world, Device device, List<Choice> choices)
    {
        var at = (byte)device.Index;
        if (world.Left.Disconnects > 0 && device.Media?.Session?.Link == MediaConnectionState.Connected && MediaTurn.Mate(world, device) is not null)
            choices.Add(new(ChoiceKind.LinkDisconnects, at));
        if (world.Left.Deaths > 0 && device.Media?.Session is { Remote: >= 0, Link: not MediaConnectionState.Failed })
            choices.Add(new(ChoiceKind.LinkDies, at));
        if (world.Left.Losses > 0 && device.IsUp)
            choices.Add(new(ChoiceKind.Lose, at));
        if (world.Left.Crashes > 0 && device.State.IsActive)
            choices.Add(new(ChoiceKind.Crash, at));
        if (world.Left.OwnAnswers > 0 && device.State is { State: CallState.Outgoing, Call.DescriptionSent: true })
            choices.Add(new(ChoiceKind.AnswerOwnCall, at));
        if (world.Left.Duplicates > 0 && device.FromServer is [CallMessage, ..])
            choices.Add(new(ChoiceKind.DuplicateDown, at));
        if (world.Left.Duplicates > 0 && device.ToServer is [CallMessage, ..])
            choices.Add(new(ChoiceKind.DuplicateUp, at));
        foreach (var other in world.Devices)
        {
            if (Names.IsAlice(other.Index) == Names.IsAlice(device.Index) || other.Starts == 0)
                continue;
            if (world.Left.Pushes > 0)
                choices.Add(new(ChoiceKind.Push, at, (byte)other.Index));
            if (world.Left.Forgeries > 0 && device.State.State == CallState.IncomingRinging)
            {
                choices.Add(new(ChoiceKind.ForgeAnswer, at, (byte)other.Index));
                choices.Add(new(ChoiceKind.ForgeNegotiate, at, (byte)other.Index));
            }
        }
    }
}
