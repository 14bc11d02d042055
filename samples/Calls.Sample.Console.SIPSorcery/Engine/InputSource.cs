using Calls.Media.WebRtc;
using SIPSorcery.Media;
using SIPSorceryMedia.Abstractions;

namespace Calls.Sample.Console.Engine;

/// <summary>A microphone, a file or a tone of the sample as a source of SIPSorcery's: 20 ms at a time, coded by SIPSorcery's encoder.</summary>
internal sealed class InputSource(IAudioInput input) : IAudioSource, IDisposable
{
    private readonly AudioEncoder _encoder = Warm(new(AudioCommonlyUsedFormats.OpusWebRTC, new(SDPWellKnownMediaFormatsEnum.PCMU), new(SDPWellKnownMediaFormatsEnum.PCMA)));
    private readonly CancellationTokenSource _closing = new();
    private AudioFormat _format = AudioFormat.Empty;
    private volatile bool _isPaused;

    public event EncodedSampleDelegate? OnAudioSourceEncodedSample
    {
        add { }
        remove { }
    }

    public event Action<EncodedAudioFrame>? OnAudioSourceEncodedFrameReady;

    public event RawAudioSampleDelegate? OnAudioSourceRawSample
    {
        add { }
        remove { }
    }

    public event SourceErrorDelegate? OnAudioSourceError;

    public List<AudioFormat> GetAudioSourceFormats() => _encoder.SupportedFormats;

    public void SetAudioSourceFormat(AudioFormat audioFormat) => _format = audioFormat;

    public void RestrictFormats(Func<AudioFormat, bool> filter) => _encoder.SupportedFormats.RemoveAll(format => !filter(format));

    public bool HasEncodedAudioSubscribers() => OnAudioSourceEncodedFrameReady is not null;

    public bool IsAudioSourcePaused() => _isPaused;

    public void ExternalAudioSourceRawSample(AudioSamplingRatesEnum samplingRate, uint durationMilliseconds, short[] sample) => throw new NotSupportedException();

    public Task StartAudio()
    {
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

    public Task CloseAudio() => _closing.CancelAsync();

    public void Dispose()
    {
        input.Dispose();
        _encoder.Dispose();
    }

    // Opus is compiled when it is used for the first time, which takes longer than many a frame: better while it rings.
    private static AudioEncoder Warm(AudioEncoder encoder)
    {
        encoder.EncodeAudio(new short[AudioFrame.Samples], encoder.SupportedFormats[0]);
        return encoder;
    }

    private async Task SpeakAsync()
    {
        try
        {
            var frame = new short[AudioFrame.Samples];
            using PeriodicTimer timer = new(AudioFrame.Duration, TimeProvider.System);
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                var read = input.Read(frame);
                if (_isPaused || read == 0)
                    continue;
                frame.AsSpan(read).Clear();
                var samples = PcmResampler.Resample(frame, AudioFrame.SampleRate, _format.ClockRate);
                OnAudioSourceEncodedFrameReady?.Invoke(new EncodedAudioFrame(0, _format, (uint)AudioFrame.Duration.TotalMilliseconds, _encoder.EncodeAudio(samples, _format)));
            }
        }
        catch (OperationCanceledException)
        {
            // It was closed.
        }
#pragma warning disable CA1031 // Nobody waits for this task: what is not told here is told nowhere.
        catch (Exception trouble)
#pragma warning restore CA1031
        {
            // The call goes on without a microphone, and says so.
            OnAudioSourceError?.Invoke(trouble.Message);
        }
    }
}
