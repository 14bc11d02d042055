using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>What a network does to a connection, and what an attacker or another transport brings in past it.</summary>
internal static class Faults
{
    public static void Happen(World world, Choice choice)
    {
        var device = world.Devices[choice.Device] = world.Devices[choice.Device].Copy();
        var left = world.Left;
        switch (choice.Kind)
        {
            case ChoiceKind.Lose:
                world.Left = left with { Losses = (byte)(left.Losses - 1) };
                device.IsUp = false;
                device.IsReady = false;
                device.ToServer = [];
                device.FromServer = [];
                break;
            case ChoiceKind.Crash:
                world.HasCause = true;
                world.Left = left with { Crashes = (byte)(left.Crashes - 1) };
                world.Devices[choice.Device] = new()
                {
                    Index = device.Index, Starts = device.Starts, Consent = device.Consent, IsKnown = device.IsKnown, IsUp = false, IsReady = false,
                    State = new() { Self = Names.Party(device.Index) },
                };
                break;
            case ChoiceKind.DuplicateDown:
                world.Left = left with { Duplicates = (byte)(left.Duplicates - 1) };
                device.FromServer = device.FromServer.Add(device.FromServer[0]);
                break;
            case ChoiceKind.DuplicateUp:
                world.Left = left with { Duplicates = (byte)(left.Duplicates - 1) };
                device.ToServer = device.ToServer.Add(device.ToServer[0]);
                break;
            case ChoiceKind.Push:
                world.Left = left with { Pushes = (byte)(left.Pushes - 1) };
                var pushed = LastCall(world, choice.Argument);
                device.FromServer = device.FromServer.Add(new OfferMessage
                {
                    CallId = pushed,
                    ChatId = Names.Chat(choice.Device),
                    Sdp = Names.Offer(pushed, choice.Argument),
                    From = Names.Party(choice.Argument),
                    RingTimeoutMs = 45_000,
                });
                break;
            case ChoiceKind.ForgeAnswer:
                world.Left = left with { Forgeries = (byte)(left.Forgeries - 1) };
                var answered = LastCall(world, choice.Argument);
                device.FromServer = device.FromServer.Add(
                    new AnswerMessage { CallId = answered, Sdp = Names.Answer(answered, choice.Argument), From = Names.Party(choice.Argument) });
                break;
            case ChoiceKind.AnswerOwnCall:
                // Who tampers with his own call has only himself to thank for its end.
                world.HasCause = true;
                world.Left = left with { OwnAnswers = (byte)(left.OwnAnswers - 1) };
                var own = device.State.Call!.Id;
                device.ToServer = device.ToServer.Add(new AnswerMessage { CallId = own, Sdp = Names.Answer(own, choice.Device) });
                break;
            default:
                world.Left = left with { Forgeries = (byte)(left.Forgeries - 1) };
                var call = LastCall(world, choice.Argument);
                device.FromServer = device.FromServer.Add(new NegotiateMessage
                {
                    CallId = call,
                    Kind = NegotiateKind.Offer,
                    Round = 1,
                    Sdp = Names.Offer(call, choice.Argument),
                    From = Names.Party(choice.Argument),
                });
                break;
        }
    }

    private static CallId LastCall(World world, int device) => Names.Call(device, world.Devices[device].Starts - 1, world.AliceGreater);
}
