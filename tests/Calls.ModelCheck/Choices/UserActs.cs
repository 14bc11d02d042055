using Calls.Machine;

namespace Calls.ModelCheck;

/// <summary>What a user does on one of his devices.</summary>
internal static class UserActs
{
    public static void Happen(Model model, World world, Choice choice)
    {
        var turn = new ClientTurn(model, world, choice.Device);
        var device = world.Devices[choice.Device];
        var left = world.Left;
        switch (choice.Kind)
        {
            case ChoiceKind.Start:
                world.Left = Names.IsAlice(choice.Device)
                    ? left with { AliceStarts = (byte)(left.AliceStarts - 1) }
                    : left with { BobStarts = (byte)(left.BobStarts - 1) };
                var id = Names.Call(choice.Device, device.Starts, world.AliceGreater);
                device.Starts++;
                Consent(world, device, device.State.State == CallState.IncomingRinging ? device.State.Call!.Id : id);
                turn.Step(new StartCommand(id, Names.Chat(choice.Device), model.Bounds.Video));
                break;
            case ChoiceKind.Accept:
                Consent(world, device, device.State.Call!.Id);
                turn.Step(new AcceptCommand(model.Bounds.Video));
                break;
            case ChoiceKind.Reject:
                world.HasCause = true;
                world.Left = left with { Rejects = (byte)(left.Rejects - 1) };
                turn.Step(new RejectCommand());
                break;
            case ChoiceKind.End:
                world.HasCause = true;
                world.Left = left with { Ends = (byte)(left.Ends - 1) };
                turn.Step(new EndCommand());
                break;
            case ChoiceKind.ToggleMute:
                world.Left = left with { Mutes = (byte)(left.Mutes - 1) };
                turn.Step(new ToggleMuteCommand());
                break;
            case ChoiceKind.ToggleScreen:
                world.Left = left with { Screens = (byte)(left.Screens - 1) };
                turn.Step(new ToggleScreenShareCommand());
                break;
            case ChoiceKind.ShareStops:
                device.Media = device.Media! with { Devices = device.Media.Devices with { Video = VideoSource.Off } };
                turn.Step(new LocalVideoReported(device.Media.DevicesId, VideoSource.Off, null));
                break;
            case ChoiceKind.ToggleHold:
                world.Left = left with { Holds = (byte)(left.Holds - 1) };
                turn.Step(new ToggleHoldCommand());
                break;
            default:
                world.Left = left with { Videos = (byte)(left.Videos - 1) };
                turn.Step(new ToggleVideoCommand());
                break;
        }
    }

    private static void Consent(World world, Device device, CallId call)
    {
        device.Consent = device.Consent.Add(call);

        // Where two of one user's devices speak at once, one of them loses, and nothing else is needed for it.
        if (!Names.IsAlice(device.Index) && world.Devices.Any(other => other.Index > 0 && other.Index != device.Index && other.Consent.Length > 0))
            world.HasCause = true;
    }
}
