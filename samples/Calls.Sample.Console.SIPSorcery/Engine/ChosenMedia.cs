using System.Net;
using System.Net.NetworkInformation;
using Calls.Sample.Console.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Sample.Console.Wiring;

/// <summary>In the place of the sample's own choice: the engine that the command line names, with the devices of the sample.</summary>
internal static class ChosenMedia
{
    public static bool IsSIPSorcery { get; set; }

    public static ICallsBuilder UseManagedMedia(this ICallsBuilder builder, Devices devices) => IsSIPSorcery
        ? builder.UseSIPSorceryMedia(options =>
        {
            options.Microphone = _ => new(new InputSource(devices.Microphone()));
            options.Loudspeaker = () => new OutputSink(devices.Loudspeaker());

            // A machine without a network has calls of its own all the same.
            if (!NetworkInterface.GetIsNetworkAvailable())
                options.Configure = configuration => configuration.X_BindAddress = IPAddress.Loopback;
        })
        : builder.UseWebRtcMedia(options =>
        {
            options.Microphone = _ => new(devices.Microphone());
            options.Loudspeaker = devices.Loudspeaker;
        });
}
