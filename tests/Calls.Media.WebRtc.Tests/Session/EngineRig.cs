using Calls.Media.WebRtc.Session;
using Calls.Testing;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>The engine on real sockets, with devices that are counted, refused, missing, or kept waiting.</summary>
internal sealed class EngineRig : IMediaRig
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _microphoneFailure;
    private Exception? _cameraFailure;
    private bool _prompts;
    private int _openings;
    private int _open;

    public EngineRig() => Source = new WebRtcMediaSource(new()
    {
        Microphone = OpenMicrophoneAsync,
        Camera = _ => OpenCamera(),
        Screen = _ => OpenCamera(),
        Loudspeaker = () => new SilenceOutput(),
        IncludeLoopback = true,
    });

    public MediaRigAbilities Abilities => MediaRigAbilities.All;

    public IMediaSource Source { get; }

    public ValueTask<int> OpenDevicesAsync() => ValueTask.FromResult(Volatile.Read(ref _open));

    public ValueTask<int> OpeningsAsync() => ValueTask.FromResult(Volatile.Read(ref _openings));

    public ValueTask<bool> GivesSoundAsync(ILocalMedia media) => ValueTask.FromResult(((WebRtcLocalMedia)media).GivesSound);

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

    private async ValueTask<IAudioInput> OpenMicrophoneAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openings);
        if (_prompts)
            await _answered.Task;
        return _microphoneFailure is null ? new Microphone(this) : throw _microphoneFailure;
    }

    private ValueTask<IVideoInput> OpenCamera() => _cameraFailure is null ? new(new Camera(this)) : throw _cameraFailure;

    private abstract class Device : IDisposable
    {
        private readonly EngineRig _rig;
        private int _isDisposed;

        protected Device(EngineRig rig)
        {
            _rig = rig;
            Interlocked.Increment(ref rig._open);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                Interlocked.Decrement(ref _rig._open);
        }
    }

    private sealed class Microphone(EngineRig rig) : Device(rig), IAudioInput
    {
        private readonly ToneInput _tone = new();

        public int Read(Span<short> frame) => _tone.Read(frame);
    }

    private sealed class Camera(EngineRig rig) : Device(rig), IVideoInput
    {
        public bool TryRead(TimeSpan elapsed, out VideoFrame frame)
        {
            frame = default;
            return false;
        }

        public void RequestKeyFrame()
        {
        }
    }
}
