using System.Reactive.Linq;
using Calls.Media;

namespace Calls.Testing.Tests;

/// <summary>Scripted devices with one flaw.</summary>
internal sealed class FlawedLocalMedia(ILocalMedia sound, MediaFlaw flaw, MediaRequest request) : ILocalMedia
{
    private bool _isDisposed;

    public ILocalMedia Sound => sound;

    public VideoSource Video => flaw is MediaFlaw.A_video_call_sends_the_camera && request.Video ? VideoSource.Off : sound.Video;

    public MediaException? VideoFailure => sound.VideoFailure;

    public IObservable<LocalMediaEvent> Events => flaw is MediaFlaw.A_chosen_device_that_is_unplugged_gives_way_to_the_default
        ? sound.Events.Where(one => one is not DeviceReplaced) : sound.Events;

    public Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default)
        => flaw is MediaFlaw.Muting_and_unmuting_is_done_when_it_completes && !muted ? Task.CompletedTask : sound.SetMutedAsync(muted, cancellationToken);

    public Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default)
        => flaw is MediaFlaw.The_camera_goes_on_and_off && video == VideoSource.Off ? Task.CompletedTask : sound.SetVideoAsync(video, cancellationToken);

    public Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default)
        => flaw is MediaFlaw.Held_devices_stay_open && hold ? sound.DisposeAsync().AsTask() : sound.SetHoldAsync(hold, cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (_isDisposed && flaw is MediaFlaw.Disposing_devices_twice_is_harmless)
            return ValueTask.FromException(new InvalidOperationException("Already disposed."));
        _isDisposed = true;
        return flaw is MediaFlaw.Disposing_devices_closes_them ? ValueTask.CompletedTask : sound.DisposeAsync();
    }
}
