namespace Calls.Media;

/// <summary>
/// What can be chosen as microphone, camera and speaker, and what is. A choice is kept for all calls of the engine; one that is made in a call holds at
/// once, without a new negotiation. Every member may be used from any thread.
/// </summary>
public interface IMediaDevices
{
    /// <summary>The devices that there are, each time that one is plugged in or out, or that the chosen one is.</summary>
    IObservable<IReadOnlyList<MediaDevice>> Changed { get; }

    /// <summary>The id of the chosen device; null where the system's default is used, which is so until one is chosen.</summary>
    string? Chosen(MediaDeviceKind kind);

    /// <summary>The devices that there are; no kind that the engine cannot choose.</summary>
    /// <exception cref="MediaException">The engine is gone.</exception>
    Task<IReadOnlyList<MediaDevice>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Chooses a device, now and for later calls. One that is unplugged gives way to the default, which <see cref="DeviceReplaced"/> tells in a call.
    /// </summary>
    /// <param name="kind">What it is used as.</param>
    /// <param name="id">Its <see cref="MediaDevice.Id"/>; null: the system's default.</param>
    /// <param name="cancellationToken">Stops waiting for the device.</param>
    /// <exception cref="MediaException">There is no such device, or it could not be opened; what was chosen before is used on.</exception>
    Task ChooseAsync(MediaDeviceKind kind, string? id, CancellationToken cancellationToken = default);
}

/// <summary>A device that can be chosen.</summary>
/// <param name="Kind">What it is used as.</param>
/// <param name="Id">Names it among those of its kind, for as long as the engine lives; a browser makes new ones when a user clears a site's data.</param>
/// <param name="Label">Its name for people; empty where it is told only after the user has allowed devices once, as in a browser.</param>
public sealed record MediaDevice(MediaDeviceKind Kind, string Id, string Label);

/// <summary>What a device is used as.</summary>
public enum MediaDeviceKind
{
    /// <summary>Takes the own voice.</summary>
    Microphone,

    /// <summary>Takes the own picture.</summary>
    Camera,

    /// <summary>Plays the other side's voice.</summary>
    Speaker,
}
