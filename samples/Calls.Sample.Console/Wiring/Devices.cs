using Calls.Media.WebRtc;

namespace Calls.Sample.Console.Wiring;

/// <summary>What a call hears and where it is heard; made anew for each call.</summary>
internal sealed record Devices
{
    /// <summary>Makes what is sent as sound.</summary>
    public required Func<IAudioInput> Microphone { get; init; }

    /// <summary>Makes what takes the sound of the other side.</summary>
    public required Func<IAudioOutput> Loudspeaker { get; init; }

    /// <summary>The system's microphone and loudspeaker, where there are some; otherwise a call sends silence, and is not heard.</summary>
    public static Devices OfSystem() => new()
    {
        Microphone = () => MicrophoneInput.IsPresent ? new MicrophoneInput() : new SilenceInput(),
        Loudspeaker = () => LoudspeakerOutput.IsPresent ? new LoudspeakerOutput() : new SilenceOutput(),
    };
}
