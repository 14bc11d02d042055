using Calls.Media.SIPSorcery.Session;
using Calls.Media.WebRtc.Session;
using Microsoft.Extensions.Logging;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Devices;

/// <summary>The devices of one call: what is sent, and where what comes is heard and seen.</summary>
internal sealed class SIPSorceryLocalMedia : ILocalMedia
{
    private readonly SIPSorceryMediaOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Microphone _microphone;
    private readonly OrderedEvents<LocalMediaEvent> _events = new();
    private readonly CancellationTokenSource _closing = new();
    private SIPSorceryMediaSession[] _sessions = [];
    private VideoFormat? _agreedVideo;
    private Camera? _camera;
    private bool _isMuted;
    private bool _isHeld;
    private int _isDisposed;
    private volatile VideoSource _video;

    private SIPSorceryLocalMedia(SIPSorceryMediaOptions options, IAudioSource source, LocalOutputs outputs, bool isMuted, ILogger logger)
    {
        (_options, Outputs, _isMuted, _logger) = (options, outputs, isMuted, logger);
        _microphone = new Microphone(source, !isMuted, GiveSound, OnMicrophoneLost);
    }

    public VideoSource Video => _video;

    public MediaException? VideoFailure { get; set; }

    public IObservable<LocalMediaEvent> Events => _events;

    /// <summary>Where what comes is heard and seen.</summary>
    public LocalOutputs Outputs { get; }

    /// <summary>Whether sound that the microphone gives is sent.</summary>
    public bool GivesSound => _microphone.IsOpen;

    /// <summary>What can be spoken: what the microphone gives and the loudspeaker takes, and where that is nothing what the microphone gives.</summary>
    public IReadOnlyList<AudioFormat> AudioFormats
    {
        get
        {
            IReadOnlyList<AudioFormat> spoken = _microphone.Formats;
            IReadOnlyList<AudioFormat> both = Outputs.Loudspeaker?.GetAudioSinkFormats() is { Count: > 0 } heard
                ? [.. spoken.Where(one => heard.Any(other => string.Equals(one.FormatName, other.FormatName, StringComparison.OrdinalIgnoreCase)))]
                : spoken;
            return both.Count > 0 ? both : spoken;
        }
    }

    /// <summary>Opens loudspeaker and display around a microphone that is open; it is closed where they cannot be.</summary>
    /// <exception cref="MediaException">One could not be opened.</exception>
    public static async Task<SIPSorceryLocalMedia> OpenAsync(SIPSorceryMediaOptions options, IAudioSource source, bool isMuted, ILogger logger)
    {
        IAudioSink? loudspeaker = null;
        try
        {
            loudspeaker = options.Loudspeaker is { } open ? open() : source as IAudioSink;
            return new SIPSorceryLocalMedia(options, source, new LocalOutputs(loudspeaker, options.Display?.Invoke(), logger), isMuted, logger);
        }
        catch (Exception exception)
        {
            await source.CloseAudio().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (loudspeaker?.CloseAudioSink() ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw DeviceOpening.Failure(exception, "loudspeaker or display");
        }
    }

    public Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default) => DoAsync(() =>
    {
        _isMuted = muted;
        return SettleAsync();
    }, cancellationToken);

    public Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default) => DoAsync(() =>
    {
        _isHeld = hold;
        return SettleAsync();
    }, cancellationToken);

    public async Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var camera = video switch
        {
            VideoSource.Off => null,
            VideoSource.Camera => await OpenAsync(_options.Camera, "camera", cancellationToken).ConfigureAwait(false),
            VideoSource.Screen => await OpenAsync(_options.Screen, "screen", cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(video), video, "Off, Camera or Screen."),
        };
        Camera? before;
        VideoFormat? agreed;
        lock (_gate)
            (before, _camera, agreed) = (_camera, camera, _agreedVideo);
        await CloseAsync(before).ConfigureAwait(false);

        // A connection may have been made while the camera opened; to be told twice is harmless.
        if (camera is not null && agreed is { } format)
            await TryAsync(() => camera.AgreeAsync(format)).ConfigureAwait(false);
        if (Volatile.Read(ref _isDisposed) != 0)
        {
            await CloseAsync(camera).ConfigureAwait(false);
            throw Closed();
        }

        _video = video;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        Camera? camera;
        lock (_gate)
            (camera, _camera) = (_camera, null);
        await CloseAsync(camera).ConfigureAwait(false);
        await TryAsync(_microphone.CloseAsync).ConfigureAwait(false);
        await Outputs.CloseAsync().ConfigureAwait(false);
        _video = VideoSource.Off;
        await _events.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Sends on <paramref name="session"/>, from when it is connected.</summary>
    public void Attach(SIPSorceryMediaSession session)
    {
        lock (_gate)
            _sessions = [.. _sessions.Where(one => one != session), session];
    }

    /// <summary>Sends on <paramref name="session"/> no longer.</summary>
    public void Detach(SIPSorceryMediaSession session)
    {
        lock (_gate)
            _sessions = [.. _sessions.Where(one => one != session)];
    }

    /// <summary>A session is connected, and agreed on formats.</summary>
    public async Task ConnectedAsync(AudioFormat audio, VideoFormat? video)
    {
        Camera? camera;
        lock (_gate)
            (camera, _agreedVideo) = (_camera, video);
        await Outputs.AgreeAsync(audio, video).ConfigureAwait(false);
        try
        {
            await _microphone.AgreeAsync(audio).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A host's source may throw anything; the call goes on without it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Raise(new MicrophoneLost(DeviceOpening.Failure(exception, "microphone")));
        }

        if (camera is null || video is not { } format)
            return;
        try
        {
            if (!camera.Can(format))
                throw Unable(format);
            await camera.AgreeAsync(format).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Lose(camera, DeviceOpening.Failure(exception, "camera"));
        }
    }

    /// <summary>The other side misses a whole picture.</summary>
    public Task ForceKeyFrameAsync() => TryAsync(() => Volatile.Read(ref _camera)?.ForceKeyFrameAsync() ?? Task.CompletedTask);

    private async Task<Camera> OpenAsync(Func<CancellationToken, ValueTask<IVideoSource>>? open, string name, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        Camera camera;
        try
        {
            camera = new Camera(await DeviceOpening.OpenAsync(open, static late => late.CloseVideo(), name, either.Token).ConfigureAwait(false), !_isHeld, GivePicture, OnCameraLost);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Closed();
        }

        if (_agreedVideo is not { } format)
            return camera;
        try
        {
            if (!camera.Can(format))
                throw Unable(format);
            await camera.AgreeAsync(format).ConfigureAwait(false);
            return camera;
        }
        catch (Exception exception)
        {
            await CloseAsync(camera).ConfigureAwait(false);
            throw DeviceOpening.Failure(exception, name);
        }
    }

    private async Task SettleAsync()
    {
        var runs = !_isHeld;
        await TryAsync(() => _microphone.OpenAsync(runs && !_isMuted)).ConfigureAwait(false);
        await TryAsync(() => Volatile.Read(ref _camera)?.OpenAsync(runs) ?? Task.CompletedTask).ConfigureAwait(false);
        await Outputs.OpenAsync(runs).ConfigureAwait(false);
    }

    private Task DoAsync(Func<Task> act, CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
            : Volatile.Read(ref _isDisposed) != 0 ? Task.FromException(Closed())
            : act();

    private void GiveSound(AudioFormat format, uint duration, byte[] sample)
    {
        foreach (var session in Volatile.Read(ref _sessions))
            session.SendSound(format, duration, sample);
    }

    private void GivePicture(VideoFormat format, uint duration, byte[] sample)
    {
        foreach (var session in Volatile.Read(ref _sessions))
            session.SendPicture(format, duration, sample);
    }

    private void OnMicrophoneLost(string message) => Raise(new MicrophoneLost(new MediaException(MediaFailure.NoDevice, $"The microphone is gone: {message}")));

    private void OnCameraLost(Camera camera, string message) => Lose(camera, new MediaException(MediaFailure.NoDevice, $"The camera is gone: {message}"));

    private void Lose(Camera camera, MediaException cause)
    {
        lock (_gate)
        {
            if (_camera != camera)
                return;
            _camera = null;
            _video = VideoSource.Off;
        }

        _ = CloseAsync(camera);
        Raise(new LocalVideoChanged(VideoSource.Off, cause));
    }

    /// <summary>A device's own thread does not wait for who listens.</summary>
    private void Raise(LocalMediaEvent happened)
    {
        _events.Post(happened);
        ThreadPool.UnsafeQueueUserWorkItem(static events => events.Tell(), _events, preferLocal: false);
    }

    private Task CloseAsync(Camera? camera) => TryAsync(() => camera?.CloseAsync() ?? Task.CompletedTask);

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above; a gate of ours holds back what a device gives that does not obey.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.DeviceFailed(_logger, exception);
        }
    }

    private void ThrowIfDisposed()
    {
        if (Volatile.Read(ref _isDisposed) != 0)
            throw Closed();
    }

    private static MediaException Unable(VideoFormat format) => new(MediaFailure.NotSupported, $"The camera gives no {format.FormatName}, which was agreed on.");

    private static MediaException Closed() => new(MediaFailure.EngineLost, "The devices were closed.");
}
