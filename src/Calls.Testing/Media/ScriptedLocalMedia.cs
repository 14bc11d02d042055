using Calls.Media;

namespace Calls.Testing;

/// <summary>The devices of a <see cref="ScriptedMediaSource"/>.</summary>
internal sealed class ScriptedLocalMedia(ScriptedMediaSource source, MediaRequest request) : ILocalMedia
{
    private readonly KeptEvents<LocalMediaEvent> _events = new();
    private int _isDisposed;
    private volatile bool _isMuted = request.Muted;

    public VideoSource Video { get; private set; } = request.Video && source.CameraFailure is null ? VideoSource.Camera : VideoSource.Off;

    public MediaException? VideoFailure { get; } = request.Video ? source.CameraFailure : null;

    public IObservable<LocalMediaEvent> Events => _events;

    public bool IsOpen => Volatile.Read(ref _isDisposed) == 0;

    public bool GivesSound => IsOpen && !_isMuted;

    public Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default)
    {
        _isMuted = muted;
        return Task.CompletedTask;
    }

    public Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default)
    {
        if (video != VideoSource.Off && source.CameraFailure is { } failure)
            return Task.FromException(failure);
        Video = video;
        return Task.CompletedTask;
    }

    public string? Used(MediaDeviceKind kind) => IsOpen ? source.Used(kind) : null;

    public void Tell(LocalMediaEvent happened) => _events.Raise(happened);

    public Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Video = VideoSource.Off;
            _events.Complete();
            source.CloseDevices(this);
        }

        return ValueTask.CompletedTask;
    }
}
