using Calls.Media.WebRtc.Beat;
using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Flow;

/// <summary>
/// The open microphone and camera of a call: read once in every beat, and given to all flows that they are attached to. Every member may be used from any thread.
/// Disposing closes both.
/// </summary>
internal sealed class LocalDevices : IBeatListener, IDisposable
{
    private readonly Lock _gate = new();
    private readonly IAudioInput _microphone;
    private readonly Action<Exception> _microphoneLost;
    private readonly Action<Exception> _cameraLost;
    private MediaFlow[] _flows = [];
    private IVideoInput? _camera;
    private TimeSpan? _cameraBegan;
    private bool _isMuted;
    private bool _isHeld;
    private bool _isMicrophoneLost;
    private bool _isDisposed;

    /// <param name="microphone">The sound; disposed of with the devices.</param>
    /// <param name="isMuted">Whether it begins muted.</param>
    /// <param name="microphoneLost">Told once, when the microphone fails; silence is sent from then on. Called in the beat: it must not wait.</param>
    /// <param name="cameraLost">Told when the camera fails; it is closed then. Called in the beat.</param>
    public LocalDevices(IAudioInput microphone, bool isMuted, Action<Exception> microphoneLost, Action<Exception> cameraLost)
        => (_microphone, _isMuted, _microphoneLost, _cameraLost) = (microphone, isMuted, microphoneLost, cameraLost);

    /// <summary>Whether sound that the microphone gives is sent.</summary>
    public bool GivesSound
    {
        get
        {
            lock (_gate)
                return !_isMuted && !_isHeld && !_isMicrophoneLost && !_isDisposed;
        }
    }

    /// <summary>Sends silence in place of sound, or sound again.</summary>
    public void Mute(bool muted)
    {
        lock (_gate)
            _isMuted = muted;
    }

    /// <summary>Puts the devices on hold: nothing is sent, and what the flows receive is not played.</summary>
    public void Hold(bool held, TimeSpan now)
    {
        lock (_gate)
        {
            _isHeld = held;
            foreach (var flow in _flows)
                flow.Play(!held, now);
            if (!held)
                _camera?.RequestKeyFrame();
        }
    }

    /// <summary>Sends the pictures of <paramref name="camera"/> in place of those before, whose input is closed; null: none.</summary>
    public void Show(IVideoInput? camera)
    {
        lock (_gate)
        {
            _camera?.Dispose();
            (_camera, _cameraBegan) = (camera, null);
            if (!_isDisposed)
                return;
            _camera?.Dispose();
            _camera = null;
        }
    }

    /// <summary>Sends on <paramref name="flow"/> too.</summary>
    public void Attach(MediaFlow flow, TimeSpan now)
    {
        lock (_gate)
        {
            if (_isDisposed || _flows.Contains(flow))
                return;
            _flows = [.. _flows, flow];
            flow.Play(!_isHeld, now);
            // Who comes later has seen nothing yet.
            _camera?.RequestKeyFrame();
        }
    }

    /// <summary>Sends on <paramref name="flow"/> no longer.</summary>
    public void Detach(MediaFlow flow)
    {
        lock (_gate)
            _flows = [.. _flows.Where(one => one != flow)];
    }

    /// <summary>Reads and sends 20 ms.</summary>
    public void Beat(TimeSpan now)
    {
        lock (_gate)
        {
            // A file begins to be played when somebody hears it.
            if (_isDisposed || _flows.Length == 0)
                return;
            // On the stack, which all calls have in common.
            Span<short> frame = stackalloc short[AudioFrame.Samples];
            frame = frame[..(SampleRate() / AudioFrame.PerSecond)];
            ReadMicrophone(frame);
            foreach (var flow in _flows)
            {
                if (_isHeld)
                    flow.PassSound();
                else
                    flow.SendSound(frame, now);
            }

            ReadCamera(now);
        }
    }

    /// <inheritdoc/>
    public void Prefetch(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(_gate);
            CacheLines.Fetch(_flows);
            CacheLines.Fetch(_microphone);
            return;
        }

        foreach (var flow in _flows)
            flow.PrefetchSending(step - 1);
    }

    /// <summary>Closes microphone and camera.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _flows = [];
            _microphone.Dispose();
            _camera?.Dispose();
            _camera = null;
        }
    }

    // What all flows want, where the microphone gives it.
    private int SampleRate()
    {
        var rate = _flows[0].SampleRate;
        foreach (var flow in _flows)
        {
            if (flow.SampleRate != rate)
                return AudioFrame.SampleRate;
        }

        return rate == AudioFrame.SampleRate || _microphone.Gives(rate) ? rate : AudioFrame.SampleRate;
    }

    // It is read also while muted: what was said then must not be heard later.
    private void ReadMicrophone(Span<short> frame)
    {
        var count = 0;
        try
        {
            if (!_isMicrophoneLost)
                count = Math.Clamp(_microphone.Read(frame), 0, frame.Length);
        }
        catch (Exception failure)
        {
            _isMicrophoneLost = true;
            _microphoneLost(failure);
        }

        frame[(_isMuted ? 0 : count)..].Clear();
    }

    private void ReadCamera(TimeSpan now)
    {
        if (_camera is not { } camera)
            return;
        try
        {
            foreach (var flow in _flows)
            {
                if (flow.TakeKeyFrameWish())
                    camera.RequestKeyFrame();
            }

            _cameraBegan ??= now;
            while (camera.TryRead(now - _cameraBegan.Value, out var picture))
            {
                if (_isHeld)
                    continue;
                foreach (var flow in _flows)
                    flow.SendPicture(picture.Data, _cameraBegan.Value + picture.Timestamp, now);
            }
        }
        catch (Exception failure)
        {
            camera.Dispose();
            _camera = null;
            _cameraLost(failure);
        }
    }
}
