using Calls.Media;

namespace Calls.Testing;

/// <summary>
/// A media engine that does as told: opens, fails, takes its time; counts what was opened, made and sent, and knows whether the user had consented.
/// May be used from any thread; its script is set before the call that it is for.
/// </summary>
/// <param name="network">Where its sessions meet others; null: one of its own.</param>
/// <param name="timeProvider">The clock of <see cref="Delay"/>; null: the system's.</param>
public sealed class ScriptedMediaSource(ScriptedMediaNetwork? network = null, TimeProvider? timeProvider = null) : IMediaSource
{
    private readonly ScriptedMediaNetwork _network = network ?? new();
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly ScriptedDevices _devices = new();
    private int _devicesOpened;
    private int _devicesOpen;
    private int _sessionsMade;
    private int _sessionsOpen;
    private int _packetsSent;
    private int _violations;

    /// <inheritdoc/>
    public MediaCapabilities Capabilities { get; set; }
        = MediaCapabilities.Video | MediaCapabilities.IceRestart | MediaCapabilities.Renegotiation | MediaCapabilities.PreConnect;

    /// <summary>What can be chosen; null without <see cref="MediaCapabilities.DeviceChoice"/>.</summary>
    public ScriptedDevices? Devices => Capabilities.HasFlag(MediaCapabilities.DeviceChoice) ? _devices : null;

    /// <inheritdoc/>
    IMediaDevices? IMediaSource.Devices => Devices;

    /// <summary>How long opening and connecting take. Default: no time.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What opening the microphone fails with; null: it opens.</summary>
    public MediaException? MicrophoneFailure { get; set; }

    /// <summary>What opening the camera fails with; null: it opens.</summary>
    public MediaException? CameraFailure { get; set; }

    /// <summary>What making a peer connection fails with; null: it is made.</summary>
    public MediaException? ConnectFailure { get; set; }

    /// <summary>What making an offer or answer, or taking one, fails with; null: it succeeds.</summary>
    public MediaException? DescriptionFailure { get; set; }

    /// <summary>Asked at every opening: has the user consented? Null: not checked.</summary>
    public Func<bool>? HasConsent { get; set; }

    /// <summary>How often devices were opened.</summary>
    public int DevicesOpened => Volatile.Read(ref _devicesOpened);

    /// <summary>How many devices are open now.</summary>
    public int DevicesOpen => Volatile.Read(ref _devicesOpen);

    /// <summary>Whether the microphone that <paramref name="media"/> opened is open and not muted.</summary>
    /// <exception cref="ArgumentException">A scripted source did not open <paramref name="media"/>.</exception>
    public static bool GivesSound(ILocalMedia media)
        => media is ScriptedLocalMedia scripted ? scripted.GivesSound : throw new ArgumentException("Not scripted.", nameof(media));

    /// <summary>The id of what <paramref name="media"/>, while it is open, uses as <paramref name="kind"/>; null where there is no such device.</summary>
    /// <exception cref="ArgumentException">A scripted source did not open <paramref name="media"/>.</exception>
    public static string? UsedDevice(ILocalMedia media, MediaDeviceKind kind)
        => media is ScriptedLocalMedia scripted ? scripted.Used(kind) : throw new ArgumentException("Not scripted.", nameof(media));

    /// <summary>How many peer connections were made.</summary>
    public int SessionsMade => Volatile.Read(ref _sessionsMade);

    /// <summary>How many peer connections are open now.</summary>
    public int SessionsOpen => Volatile.Read(ref _sessionsOpen);

    /// <summary>How many packets were sent: one whenever a connection with an open device comes up.</summary>
    public int PacketsSent => Volatile.Read(ref _packetsSent);

    /// <summary>How often a device was opened, or a packet sent, without consent.</summary>
    public int ConsentViolations => Volatile.Read(ref _violations);

    /// <inheritdoc/>
    public async Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckConsent();
        await WaitAsync(cancellationToken).ConfigureAwait(false);
        if (MicrophoneFailure is { } failure)
            throw failure;
        Interlocked.Increment(ref _devicesOpened);
        Interlocked.Increment(ref _devicesOpen);
        var media = new ScriptedLocalMedia(this, request);
        _devices.Replaced += media.Tell;
        return media;
    }

    /// <inheritdoc/>
    public async Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        await WaitAsync(cancellationToken).ConfigureAwait(false);
        if (ConnectFailure is { } failure)
            throw failure;
        Interlocked.Increment(ref _sessionsMade);
        Interlocked.Increment(ref _sessionsOpen);
        return new ScriptedMediaSession(this, _network);
    }

    internal string? Used(MediaDeviceKind kind) => _devices.Used(kind);

    internal void CountPacket()
    {
        CheckConsent();
        Interlocked.Increment(ref _packetsSent);
    }

    internal void CloseDevices(ScriptedLocalMedia media)
    {
        _devices.Replaced -= media.Tell;
        Interlocked.Decrement(ref _devicesOpen);
    }

    internal void CloseSession() => Interlocked.Decrement(ref _sessionsOpen);

    private void CheckConsent()
    {
        if (HasConsent?.Invoke() == false)
            Interlocked.Increment(ref _violations);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Delay > TimeSpan.Zero)
            await Task.Delay(Delay, _time, cancellationToken).ConfigureAwait(false);
    }
}
