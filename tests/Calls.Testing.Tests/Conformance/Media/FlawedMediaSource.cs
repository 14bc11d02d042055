using Calls.Media;

namespace Calls.Testing.Tests;

/// <summary>Scripted media with one flaw.</summary>
internal sealed class FlawedMediaSource(ScriptedMediaSource sound, MediaFlaw flaw) : IMediaSource
{
    private readonly FlawedDevices? _devices = sound.Devices is { } devices ? new(devices, flaw) : null;

    public MediaCapabilities Capabilities => sound.Capabilities;

    public IMediaDevices? Devices => _devices;

    public async Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default)
    {
        if (flaw is MediaFlaw.Opening_asks_once)
            await (await sound.OpenAsync(request, cancellationToken)).DisposeAsync();
        if (flaw is MediaFlaw.A_device_chosen_before_a_call_is_opened)
            await sound.Devices!.ChooseAsync(MediaDeviceKind.Microphone, null, cancellationToken);
        var asked = flaw switch
        {
            MediaFlaw.A_voice_call_opens_no_camera => request with { Video = true },
            MediaFlaw.Opened_muted_it_gives_no_sound => request with { Muted = false },
            _ => request,
        };
        var media = flaw switch
        {
            MediaFlaw.A_cancelled_opening_ends_at_once => await sound.OpenAsync(asked, CancellationToken.None),
            MediaFlaw.A_cancelled_opening_leaves_nothing_open => await sound.OpenAsync(asked, CancellationToken.None).WaitAsync(cancellationToken),
            MediaFlaw.A_denied_microphone_is_told when sound.MicrophoneFailure is not null => throw new MediaException("It did not work."),
            _ => await sound.OpenAsync(asked, cancellationToken),
        };
        if (cancellationToken.IsCancellationRequested)
        {
            await media.DisposeAsync();
            throw new OperationCanceledException(cancellationToken);
        }

        return flaw is MediaFlaw.A_missing_camera_is_no_error && media.VideoFailure is { } failure
            ? throw failure : new FlawedLocalMedia(media, flaw, request);
    }

    public async Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        if (flaw is MediaFlaw.Connecting_opens_no_device)
            await (await sound.OpenAsync(new(Video: false), cancellationToken)).DisposeAsync();
        return new FlawedMediaSession(await sound.ConnectAsync(options, cancellationToken), flaw, _devices);
    }
}
