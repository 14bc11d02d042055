using SIPSorcery.Media;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.People;

/// <summary>A source as an app has it: a tone, coded by SIPSorcery's own encoder, 20 ms a frame.</summary>
internal sealed class ToneSource(double hertz, params AudioFormat[] formats) : IAudioSource, IDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);
    private readonly AudioEncoder _encoder = formats.Length > 0 ? new AudioEncoder(formats) : new AudioEncoder();
    private readonly CancellationTokenSource _closing = new();
    private AudioFormat _format = AudioFormat.Empty;
    private bool _isPaused;
    private long _sample;

    public event EncodedSampleDelegate? OnAudioSourceEncodedSample;

    public event Action<EncodedAudioFrame>? OnAudioSourceEncodedFrameReady;

    public event RawAudioSampleDelegate? OnAudioSourceRawSample
    {
        add { }
        remove { }
    }

    public event SourceErrorDelegate? OnAudioSourceError;

    /// <summary>Called when it is started.</summary>
    public Action? Started { get; init; }

    /// <summary>Called once when it is closed.</summary>
    public Action? Closed { get; init; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    public bool IsClosed { get; private set; }

    public AudioFormat Format => _format;

    public List<AudioFormat> GetAudioSourceFormats() => _encoder.SupportedFormats;

    public void SetAudioSourceFormat(AudioFormat audioFormat) => _format = audioFormat;

    public Task StartAudio()
    {
        if (_format.IsEmpty())
            throw new InvalidOperationException("There is no format.");
        Started?.Invoke();
        Starts++;
        _ = SpeakAsync();
        return Task.CompletedTask;
    }

    public Task PauseAudio()
    {
        _isPaused = true;
        return Task.CompletedTask;
    }

    public Task ResumeAudio()
    {
        _isPaused = false;
        return Task.CompletedTask;
    }

    public Task CloseAudio()
    {
        if (!IsClosed)
            Closed?.Invoke();
        IsClosed = true;
        return _closing.CancelAsync();
    }

    public void Fail(string message) => OnAudioSourceError?.Invoke(message);

    public void RestrictFormats(Func<AudioFormat, bool> filter)
    {
    }

    public void ExternalAudioSourceRawSample(AudioSamplingRatesEnum samplingRate, uint durationMilliseconds, short[] sample)
    {
    }

    public bool HasEncodedAudioSubscribers() => OnAudioSourceEncodedFrameReady is not null;

    public bool IsAudioSourcePaused() => _isPaused;

    public void Dispose() => _encoder.Dispose();

    private async Task SpeakAsync()
    {
        try
        {
            using PeriodicTimer timer = new(Frame, TimeProvider.System);
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                if (!_isPaused)
                    Give();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Give()
    {
        var samples = new short[_format.ClockRate / 50];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(9_000 * Math.Sin(2 * Math.PI * hertz * _sample++ / _format.ClockRate));
        var coded = _encoder.EncodeAudio(samples, _format);

        // As the endpoints of Windows do: both, and the first without a duration to rely on.
        OnAudioSourceEncodedSample?.Invoke((uint)coded.Length, coded);
        OnAudioSourceEncodedFrameReady?.Invoke(new EncodedAudioFrame(0, _format, 20, coded));
    }
}
