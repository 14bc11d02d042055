using Calls.Signaling;

namespace Calls.Media;

/// <summary>
/// A media engine. It has two acts, because devices outlive a connection and a connection may exist before the consent to devices:
/// <see cref="OpenAsync"/> opens microphone and camera, <see cref="ConnectAsync"/> makes a peer connection without any device.
/// </summary>
public interface IMediaSource
{
    /// <summary>What this engine can do. <see cref="MediaCapabilities.PreConnect"/> may come and go, and is asked for at each call; the others stay.</summary>
    MediaCapabilities Capabilities { get; }

    /// <summary>Which devices calls use; null where the engine lets nobody choose (no <see cref="MediaCapabilities.DeviceChoice"/>).</summary>
    IMediaDevices? Devices => null;

    /// <summary>Opens the devices of one call. Called once a call, and only after the user's consent.</summary>
    /// <param name="request">What is wanted. A camera that is missing or refused is no error: <see cref="ILocalMedia.Video"/> is then off.</param>
    /// <param name="cancellationToken">Cancelled when the call ends first; nothing stays open then.</param>
    /// <exception cref="MediaException">No microphone could be opened; <see cref="MediaException.Failure"/> says why.</exception>
    Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default);

    /// <summary>Makes exactly one peer connection and opens no device.</summary>
    /// <exception cref="MediaException">The engine could not make one.</exception>
    Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default);
}

/// <summary>What a media engine can do.</summary>
[Flags]
public enum MediaCapabilities
{
    /// <summary>Audio calls only, one offer and one answer a session.</summary>
    None = 0,

    /// <summary>Can send and show video.</summary>
    Video = 1,

    /// <summary>Can restart ICE inside a session; without it the core replaces the session (RFC 8445, section 2.4).</summary>
    IceRestart = 2,

    /// <summary>Can take a second offer inside a session.</summary>
    Renegotiation = 4,

    /// <summary>Can tell statistics.</summary>
    Statistics = 8,

    /// <summary>Can connect before any device is open.</summary>
    PreConnect = 16,

    /// <summary>Can share a screen.</summary>
    ScreenShare = 32,

    /// <summary>Lets the user choose microphone, camera and speaker (<see cref="IMediaSource.Devices"/>).</summary>
    DeviceChoice = 64,
}

/// <summary>What a call wants of the devices. Microphone always; <paramref name="Video"/> says whether a camera too.</summary>
/// <param name="Video">Whether to open a camera.</param>
/// <param name="Muted">Whether the microphone starts muted: not a sample of sound may be sent before it is unmuted.</param>
public sealed record MediaRequest(bool Video, bool Muted = false);

/// <summary>How to make a peer connection.</summary>
public sealed record MediaSessionOptions
{
    /// <summary>STUN and TURN servers.</summary>
    public IReadOnlyList<IceServer> IceServers { get; init; } = [];

    /// <summary>Whether only relayed candidates may be used. Default: no; never forced unless the app asks.</summary>
    public bool RelayOnly { get; init; }
}
