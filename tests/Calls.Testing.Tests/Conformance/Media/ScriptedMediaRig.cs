using Calls.Media;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Testing.Tests;

/// <summary>Scripted media, sound or with one flaw. A prompt is a delay by a clock that stands still.</summary>
internal sealed class ScriptedMediaRig : IMediaRig
{
    private static readonly TimeSpan Prompt = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedMediaSource _scripted;

    public ScriptedMediaRig(MediaFlaw flaw = MediaFlaw.None, TimeSpan? patience = null)
    {
        _scripted = new(timeProvider: _time)
        {
            Capabilities = MediaCapabilities.Video | MediaCapabilities.IceRestart | MediaCapabilities.Renegotiation
                | MediaCapabilities.PreConnect | MediaCapabilities.Statistics | MediaCapabilities.DeviceChoice,
        };
        Source = flaw == MediaFlaw.None ? _scripted : new FlawedMediaSource(_scripted, flaw);
        Patience = patience ?? TimeSpan.FromSeconds(20);
    }

    public MediaRigAbilities Abilities => MediaRigAbilities.All;

    public IMediaSource Source { get; }

    public TimeSpan Patience { get; }

    public ValueTask<int> OpenDevicesAsync() => ValueTask.FromResult(_scripted.DevicesOpen);

    public ValueTask<int> OpeningsAsync() => ValueTask.FromResult(_scripted.DevicesOpened);

    public ValueTask<bool> GivesSoundAsync(ILocalMedia media)
        => ValueTask.FromResult(ScriptedMediaSource.GivesSound(Scripted(media)));

    public ValueTask<string?> MicrophoneAsync(ILocalMedia media)
        => ValueTask.FromResult(ScriptedMediaSource.UsedDevice(Scripted(media), MediaDeviceKind.Microphone));

    public async ValueTask UnplugMicrophoneAsync(ILocalMedia media)
        => _scripted.Devices!.Unplug(MediaDeviceKind.Microphone, (await MicrophoneAsync(media))!);

    public ValueTask DenyMicrophoneAsync()
    {
        _scripted.MicrophoneFailure = new(MediaFailure.PermissionDenied, "The user said no.");
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveCameraAsync()
    {
        _scripted.CameraFailure = new(MediaFailure.NoDevice, "There is no camera.");
        return ValueTask.CompletedTask;
    }

    public ValueTask LeavePromptOpenAsync()
    {
        _scripted.Delay = Prompt;
        return ValueTask.CompletedTask;
    }

    public ValueTask AnswerPromptAsync()
    {
        _time.Advance(Prompt);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ILocalMedia Scripted(ILocalMedia media) => media is FlawedLocalMedia flawed ? flawed.Sound : media;
}
