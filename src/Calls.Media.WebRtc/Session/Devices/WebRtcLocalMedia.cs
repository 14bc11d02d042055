using Calls.Media.WebRtc.Beat;
using Calls.Media.WebRtc.Flow;

namespace Calls.Media.WebRtc.Session;

/// <summary>The devices of one call: what is sent, and where what comes is heard and seen.</summary>
internal sealed class WebRtcLocalMedia : ILocalMedia
{
    private readonly WebRtcMediaOptions _options;
    private readonly TimeProvider _time;
    private readonly LocalDevices _devices;
    private readonly IDisposable _beat;
    private readonly OrderedEvents<LocalMediaEvent> _events = new();
    private readonly CancellationTokenSource _closing = new();
    private int _isDisposed;
    private volatile VideoSource _video;

    /// <param name="options">Where cameras come from.</param>
    /// <param name="microphone">The open microphone, which is closed with the devices.</param>
    /// <param name="outputs">The open loudspeaker and display, which are closed with the devices.</param>
    /// <param name="isMuted">Whether the microphone begins muted.</param>
    /// <param name="time">The clock.</param>
    public WebRtcLocalMedia(WebRtcMediaOptions options, IAudioInput microphone, LocalOutputs outputs, bool isMuted, TimeProvider time)
    {
        (_options, _time, Outputs) = (options, time, outputs);
        outputs.LoudspeakerLost = OnSpeakerLost;
        _devices = new LocalDevices(microphone, isMuted, OnMicrophoneLost, OnCameraLost);
        _beat = MediaBeat.Of(time).Listen(_devices);
    }

    public VideoSource Video => _video;

    public MediaException? VideoFailure { get; set; }

    public IObservable<LocalMediaEvent> Events => _events;

    /// <summary>Where what comes is heard and seen.</summary>
    public LocalOutputs Outputs { get; }

    /// <summary>Whether sound that the microphone gives is sent.</summary>
    public bool GivesSound => _devices.GivesSound;

    private TimeSpan Now => _time.GetElapsedTime(0);

    public Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default) => Do(() => _devices.Mute(muted), cancellationToken);

    public Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default) => Do(() =>
    {
        _devices.Hold(hold, Now);
        if (hold)
            Outputs.Forget();
    }, cancellationToken);

    public async Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var input = video switch
        {
            VideoSource.Off => null,
            VideoSource.Camera => await OpenAsync(_options.Camera, "camera", cancellationToken).ConfigureAwait(false),
            VideoSource.Screen => await OpenAsync(_options.Screen, "screen", cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(video), video, "Off, Camera or Screen."),
        };
        _devices.Show(input);
        ThrowIfDisposed();
        _video = video;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        _beat.Dispose();
        _devices.Dispose();
        Outputs.Dispose();
        _video = VideoSource.Off;
        await _events.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Sends on <paramref name="flow"/>.</summary>
    public void Attach(MediaFlow flow) => _devices.Attach(flow, Now);

    /// <summary>Sends on <paramref name="flow"/> no longer.</summary>
    public void Detach(MediaFlow flow) => _devices.Detach(flow);

    private async Task<IVideoInput> OpenAsync(Func<CancellationToken, ValueTask<IVideoInput>>? open, string name, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            return await DeviceOpening.OpenAsync(open, close: null, name, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Closed();
        }
    }

    private Task Do(Action act, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        if (Volatile.Read(ref _isDisposed) != 0)
            return Task.FromException(Closed());
        act();
        return Task.CompletedTask;
    }

    private void OnMicrophoneLost(Exception cause) => Raise(new MicrophoneLost(As(cause, "The microphone is gone.")));

    private void OnSpeakerLost(Exception cause) => Raise(new SpeakerLost(As(cause, "The speaker is gone.")));

    private void OnCameraLost(Exception cause)
    {
        _video = VideoSource.Off;
        Raise(new LocalVideoChanged(VideoSource.Off, As(cause, "The camera is gone.")));
    }

    /// <summary>The beat of all calls does not wait for who listens.</summary>
    private void Raise(LocalMediaEvent happened)
    {
        _events.Post(happened);
        ThreadPool.UnsafeQueueUserWorkItem(static events => events.Tell(), _events, preferLocal: false);
    }

    private void ThrowIfDisposed()
    {
        if (Volatile.Read(ref _isDisposed) != 0)
            throw Closed();
    }

    private static MediaException As(Exception cause, string sentence) => cause as MediaException ?? new MediaException(MediaFailure.NoDevice, sentence, cause);

    private static MediaException Closed() => new(MediaFailure.EngineLost, "The devices were closed.");
}
