using Calls.Signaling.Server;

namespace Calls.ModelCheck;

/// <summary>A call is answered only by a device of the callee whose user accepted it.</summary>
internal static class AnsweredOnlyByConsent
{
    public static void Check(World world, RoutedCall call)
    {
        foreach (var leg in call.Legs)
        {
            if (leg.State == LegState.Answered && !Consent.Has(world.Devices[Names.Device(leg.Device)], call.Id))
                world.Break(nameof(AnsweredOnlyByConsent), $"the server takes {call.Id} for answered by {Names.Title(Names.Device(leg.Device))}");
        }
    }

    public static void Check(World world, Device device)
    {
        if (device.State is not { State: CallState.Connecting or CallState.Connected, Call: { Role: CallRole.Caller } call })
            return;
        foreach (var other in world.Devices)
        {
            if (other.Index != device.Index && Consent.Has(other, call.Id))
                return;
        }

        world.Break(nameof(AnsweredOnlyByConsent), $"{Names.Title(device.Index)} takes {call.Id} for answered, and nobody accepted it");
    }
}
