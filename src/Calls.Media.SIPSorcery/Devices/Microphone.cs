using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Devices;

/// <summary>What is sent as sound. It is started when a format is agreed on, and gives sound only while it may: what a paused source gives all the same is left.</summary>
internal sealed class Microphone
{
    private readonly IAudioSource _source;
    private readonly DeviceRun _run;
    private readonly Action<AudioFormat, uint, byte[]> _give;
    private readonly Action<string> _lose;
    private AudioFormat _format = AudioFormat.Empty;
    private bool _givesFrames;
    private bool _gaveSample;
    private volatile bool _isAgreed;
    private volatile bool _isOpen;

    /// <param name="source">The open source, which is closed with the microphone.</param>
    /// <param name="isOpen">Whether it may give sound.</param>
    /// <param name="give">Takes a coded frame, with its format and its duration in RTP units.</param>
    /// <param name="lose">Told once, where the source says that it fails.</param>
    public Microphone(IAudioSource source, bool isOpen, Action<AudioFormat, uint, byte[]> give, Action<string> lose)
    {
        (_source, _isOpen, _give, _lose) = (source, isOpen, give, lose);
        _run = new DeviceRun(source, source.StartAudio, source.PauseAudio, source.ResumeAudio, source.CloseAudio);
        source.OnAudioSourceEncodedFrameReady += OnFrame;
        source.OnAudioSourceEncodedSample += OnSample;
        source.OnAudioSourceError += OnError;
    }

    public IReadOnlyList<AudioFormat> Formats => _source.GetAudioSourceFormats();

    /// <summary>Whether it gives sound as soon as there is somebody to hear it.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>A connection agreed on a format: the source is told, and runs if it may.</summary>
    public async Task AgreeAsync(AudioFormat format)
    {
        await _run.DoAsync(() =>
        {
            if (IsSame(format, _format))
                return;
            _source.SetAudioSourceFormat(format);
            _format = format;
        }).ConfigureAwait(false);
        _isAgreed = true;
        await _run.SetAsync(_isOpen).ConfigureAwait(false);
    }

    /// <summary>Lets it give sound, or none. Not a sample comes any more when this is called.</summary>
    public Task OpenAsync(bool isOpen)
    {
        _isOpen = isOpen;
        return _isAgreed ? _run.SetAsync(isOpen) : Task.CompletedTask;
    }

    public Task CloseAsync()
    {
        _isOpen = false;
        _source.OnAudioSourceEncodedFrameReady -= OnFrame;
        _source.OnAudioSourceEncodedSample -= OnSample;
        _source.OnAudioSourceError -= OnError;
        return _run.CloseAsync();
    }

    private static bool IsSame(AudioFormat one, AudioFormat other)
        => one.FormatID == other.FormatID && one.FormatName == other.FormatName && one.ClockRate == other.ClockRate && one.IsEmpty() == other.IsEmpty();

    private void OnFrame(EncodedAudioFrame frame)
    {
        _givesFrames = true;
        Give((uint)(frame.DurationMilliSeconds * (long)_format.RtpClockRate / 1000), frame.EncodedAudio);
    }

    // Some sources tell each frame twice, here first and with a duration that is not to be relied on; others only here. The first one is left, to see which it is.
    private void OnSample(uint duration, byte[] sample)
    {
        if (!_givesFrames && _gaveSample)
            Give(duration, sample);
        _gaveSample = true;
    }

    private void Give(uint duration, byte[] sample)
    {
        if (_isOpen && _isAgreed && sample is { Length: > 0 })
            _give(_format, duration, sample);
    }

    private void OnError(string message)
    {
        if (!_isOpen && !_isAgreed)
            return;
        _source.OnAudioSourceError -= OnError;
        _isOpen = false;
        _lose(message);
    }
}
