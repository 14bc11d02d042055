using System.Net;
using Calls.Media.SIPSorcery.Devices;
using Calls.Media.SIPSorcery.Tests.People;
using Calls.Testing;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.Conformance;

/// <summary>The engine on real sockets, with devices that are counted, refused, missing, or kept waiting.</summary>
internal sealed class SIPSorceryRig : IMediaRig
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _microphoneFailure;
    private Exception? _cameraFailure;
    private bool _prompts;
    private int _openings;
    private int _open;

    public SIPSorceryRig() => Source = new SIPSorceryMediaSource(new()
    {
        Microphone = OpenMicrophoneAsync,
        Loudspeaker = () => new Ear(),
        Camera = _ => OpenCamera(),
        Screen = _ => OpenCamera(),
        Display = () => new Eye(),
        Configure = configuration => configuration.X_BindAddress = IPAddress.Loopback,
    });

    public MediaRigAbilities Abilities => MediaRigAbilities.All & ~MediaRigAbilities.Microphones;

    public IMediaSource Source { get; }

    public ValueTask<int> OpenDevicesAsync() => ValueTask.FromResult(Volatile.Read(ref _open));

    public ValueTask<int> OpeningsAsync() => ValueTask.FromResult(Volatile.Read(ref _openings));

    public ValueTask<bool> GivesSoundAsync(ILocalMedia media) => ValueTask.FromResult(((SIPSorceryLocalMedia)media).GivesSound);

    public ValueTask DenyMicrophoneAsync()
    {
        _microphoneFailure = new UnauthorizedAccessException("The user said no.");
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveCameraAsync()
    {
        _cameraFailure = new FileNotFoundException("There is no camera.");
        return ValueTask.CompletedTask;
    }

    public ValueTask LeavePromptOpenAsync()
    {
        _prompts = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask AnswerPromptAsync()
    {
        _answered.SetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<IAudioSource> OpenMicrophoneAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openings);
        if (_prompts)
            await _answered.Task;
        if (_microphoneFailure is not null)
            throw _microphoneFailure;
        Interlocked.Increment(ref _open);
        return new ToneSource(440) { Closed = () => Interlocked.Decrement(ref _open) };
    }

    private ValueTask<IVideoSource> OpenCamera()
    {
        if (_cameraFailure is not null)
            throw _cameraFailure;
        Interlocked.Increment(ref _open);
        return new(new ClipSource(1) { Closed = () => Interlocked.Decrement(ref _open) });
    }
}
