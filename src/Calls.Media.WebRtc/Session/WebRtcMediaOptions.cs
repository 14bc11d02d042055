using System.Net.Security;

namespace Calls.Media.WebRtc;

/// <summary>What a call hears and shows, and how the engine connects. What opens a device is called once a call, after the user's consent; the engine closes what it gave.</summary>
/// <remarks>A device that cannot be opened is told by a <see cref="MediaException"/>; any other exception is wrapped in one.</remarks>
public sealed class WebRtcMediaOptions
{
    /// <summary>Opens what is sent as sound. Default: the system's microphone (<see cref="MicrophoneInput"/>). A program without one sends a <see cref="SilenceInput"/>.</summary>
    public Func<CancellationToken, ValueTask<IAudioInput>> Microphone { get; set; } = static _ => new(new MicrophoneInput());

    /// <summary>Opens where the other side is heard. Default: the system's loudspeaker (<see cref="LoudspeakerOutput"/>). A program without one has a
    /// <see cref="SilenceOutput"/>.</summary>
    public Func<IAudioOutput> Loudspeaker { get; set; } = static () => new LoudspeakerOutput();

    /// <summary>Opens what is sent while the camera is on, coded as VP8. Default: null, there is no camera.</summary>
    public Func<CancellationToken, ValueTask<IVideoInput>>? Camera { get; set; }

    /// <summary>Opens what is sent while the screen is shared, coded as VP8. Default: null, screens cannot be shared.</summary>
    public Func<CancellationToken, ValueTask<IVideoInput>>? Screen { get; set; }

    /// <summary>Opens where the other side's pictures go, coded as VP8. Default: null, they are left.</summary>
    public Func<IVideoOutput>? Display { get; set; }

    /// <summary>Whether Opus is spoken where the system has libopus; G.711 (PCMU and PCMA) always is. Default: yes.</summary>
    public bool Opus { get; set; } = true;

    /// <summary>Whether the loopback's addresses are candidates too, for two programs on one machine. Default: no; where the machine has no other address, they are
    /// anyway.</summary>
    public bool IncludeLoopback { get; set; }

    /// <summary>Judges the certificate of a <c>turns:</c> server. Default: null, the system does.</summary>
    public RemoteCertificateValidationCallback? TurnCertificateValidation { get; set; }

    internal string? Problem
        => Microphone is null ? "Microphone is missing; a program that only listens gives a SilenceInput."
            : Loudspeaker is null ? "Loudspeaker is missing; a program that only speaks gives a SilenceOutput."
            : null;
}
