namespace Calls.Media;

/// <summary>The open devices of one call. Disposing stops every track; it may be disposed twice, and at any moment.</summary>
public interface ILocalMedia : IAsyncDisposable
{
    /// <summary>What is sent as video now.</summary>
    VideoSource Video { get; }

    /// <summary>Why no camera was opened although one was wanted; null where there was no trouble.</summary>
    MediaException? VideoFailure { get; }

    /// <summary>What happens to the devices without being asked for: a device is unplugged, a screen share is stopped by the browser.</summary>
    IObservable<LocalMediaEvent> Events { get; }

    /// <summary>Mutes or unmutes the microphone.</summary>
    Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default);

    /// <summary>Turns the camera or a screen share on or off, without a new negotiation where the engine can.</summary>
    /// <exception cref="MediaException">No camera or screen could be opened; what was sent before is sent on.</exception>
    Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts the devices on hold, or takes them off it. While held, no sample and no picture is sent by any session that they are attached to, now or
    /// later, and none that such a session receives is played; the devices stay open, and mute and video may be set meanwhile.
    /// </summary>
    Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default);
}

/// <summary>Something that happened to an open device.</summary>
public abstract record LocalMediaEvent;

/// <summary>What is sent as video changed without being asked for.</summary>
/// <param name="Video">What is sent now.</param>
/// <param name="Cause">Why, where it is trouble.</param>
public sealed record LocalVideoChanged(VideoSource Video, MediaException? Cause = null) : LocalMediaEvent;

/// <summary>The microphone is gone; the call goes on.</summary>
/// <param name="Cause">Why.</param>
public sealed record MicrophoneLost(MediaException Cause) : LocalMediaEvent;

/// <summary>What plays the other side's voice is gone, and nothing takes its place; the call goes on.</summary>
/// <param name="Cause">Why.</param>
public sealed record SpeakerLost(MediaException Cause) : LocalMediaEvent;

/// <summary>A device that the user had chosen is gone, and the system's default is used in its place.</summary>
/// <param name="Kind">What it was used as.</param>
/// <param name="Cause">Why.</param>
public sealed record DeviceReplaced(MediaDeviceKind Kind, MediaException Cause) : LocalMediaEvent;
