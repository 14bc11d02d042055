using SIPSorcery.Net;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery;

/// <summary>
/// What a call hears and shows, as SIPSorcery's own sources and sinks, and how connections are made. What opens a device is called once a call, after the user's
/// consent. What it gave is told its format, and started, when the connection is there and the format agreed on; it is closed, and disposed of if it can be, by the
/// engine.
/// </summary>
/// <remarks>A device that cannot be opened is told by a <see cref="MediaException"/>; any other exception is wrapped in one.</remarks>
public sealed class SIPSorceryMediaOptions
{
    /// <summary>Opens what is sent as sound; its formats are the ones that are offered, in its order. Must be set; a program that only listens gives an
    /// <c>AudioExtrasSource</c>.</summary>
    public Func<CancellationToken, ValueTask<IAudioSource>>? Microphone { get; set; }

    /// <summary>Opens where the other side is heard. Default: null, a microphone that is an <see cref="IAudioSink"/> too, as an <see cref="IAudioEndPoint"/> is, takes the
    /// sound; where it is none, the sound is left.</summary>
    public Func<IAudioSink>? Loudspeaker { get; set; }

    /// <summary>Opens what is sent while the camera is on; called each time that it goes on. Default: null, there is no camera.</summary>
    public Func<CancellationToken, ValueTask<IVideoSource>>? Camera { get; set; }

    /// <summary>Opens what is sent while the screen is shared; called each time. Default: null, screens cannot be shared.</summary>
    public Func<CancellationToken, ValueTask<IVideoSource>>? Screen { get; set; }

    /// <summary>Opens where the other side's pictures go. Default: null, they are left.</summary>
    public Func<IVideoSink>? Display { get; set; }

    /// <summary>The video formats that are offered and answered, the best first: what <see cref="Camera"/>, <see cref="Screen"/> and <see cref="Display"/> can do. At least one.
    /// Default: VP8, with the payload type 96.</summary>
    public IList<VideoFormat> VideoFormats { get; } = [new(VideoCodecsEnum.VP8, 96)];

    /// <summary>Changes how a connection is made, after the engine has filled in servers, policy and certificate: <c>X_BindAddress</c> for two programs on the loopback,
    /// <c>X_ICEIncludeAllInterfaceAddresses</c>. Default: null, nothing is changed.</summary>
    public Action<RTCConfiguration>? Configure { get; set; }

    internal string? Problem
        => Microphone is null ? "Microphone is missing; a program that only listens gives an AudioExtrasSource."
            : VideoFormats.Count == 0 ? "VideoFormats is empty; a program without pictures keeps the default."
            : null;
}
