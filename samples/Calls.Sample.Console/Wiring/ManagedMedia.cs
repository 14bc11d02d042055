using Microsoft.Extensions.DependencyInjection;

namespace Calls.Sample.Console.Wiring;

/// <summary>Chooses the managed engine, with the devices of the sample.</summary>
internal static class ManagedMedia
{
    public static ICallsBuilder UseManagedMedia(this ICallsBuilder builder, Devices devices) => builder.UseWebRtcMedia(options =>
    {
        options.Microphone = _ => new(devices.Microphone());
        options.Loudspeaker = devices.Loudspeaker;
    });
}
