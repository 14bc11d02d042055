using System.Reactive.Linq;
using System.Reactive.Subjects;
using Calls.Media;

namespace Calls.Testing;

/// <summary>The devices of a <see cref="ScriptedMediaSource"/>.</summary>
internal sealed class ScriptedLocalMedia(ScriptedMediaSource source, MediaRequest request) : ILocalMedia
{
    private readonly Subject<LocalMediaEvent> _events = new();
    private int _isDisposed;

    public VideoSource Video { get; private set; } = request.Video && source.CameraFailure is null ? VideoSource.Camera : VideoSource.Off;

    public MediaException? VideoFailure { get; } = request.Video ? source.CameraFailure : null;

    public IObservable<LocalMediaEvent> Events => _events.AsObservable();

    public bool IsOpen => Volatile.Read(ref _isDisposed) == 0;

    public Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default)
    {
        if (video != VideoSource.Off && source.CameraFailure is { } failure)
            return Task.FromException(failure);
        Video = video;
        return Task.CompletedTask;
    }

    public Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            source.CloseDevices();
        return ValueTask.CompletedTask;
    }
}
