using System.Net;
using Calls.Media.WebRtc;
using SIPSorcery.Media;
using SIPSorceryMedia.Abstractions;

namespace Calls.Sample.Console.Engine;

/// <summary>A loudspeaker, a recording or a meter of the sample as a sink of SIPSorcery's: decoded by SIPSorcery's encoder, 20 ms at a time.</summary>
internal sealed class OutputSink(IAudioOutput output) : IAudioSink, IDisposable
{
    private readonly AudioEncoder _encoder = new(includeLinearFormats: false, includeOpus: true);
    private readonly List<short> _waiting = [];

    public event SourceErrorDelegate? OnAudioSinkError
    {
        add { }
        remove { }
    }

    public List<AudioFormat> GetAudioSinkFormats() => _encoder.SupportedFormats;

    public void SetAudioSinkFormat(AudioFormat audioFormat)
    {
    }

    public void RestrictFormats(Func<AudioFormat, bool> filter) => _encoder.SupportedFormats.RemoveAll(format => !filter(format));

    public void GotAudioRtp(IPEndPoint remoteEndPoint, uint ssrc, uint seqnum, uint timestamp, int payloadID, bool marker, byte[] payload)
    {
    }

    public void GotEncodedMediaFrame(EncodedAudioFrame encodedMediaFrame)
    {
        var format = encodedMediaFrame.AudioFormat;
        var samples = _encoder.DecodeAudio(encodedMediaFrame.EncodedAudio, format);
        _waiting.AddRange(PcmResampler.Resample(samples, format.ClockRate, AudioFrame.SampleRate));
        while (_waiting.Count >= AudioFrame.Samples)
        {
            output.Write(_waiting.Take(AudioFrame.Samples).ToArray());
            _waiting.RemoveRange(0, AudioFrame.Samples);
        }
    }

    public Task StartAudioSink() => Task.CompletedTask;

    public Task PauseAudioSink() => Task.CompletedTask;

    public Task ResumeAudioSink() => Task.CompletedTask;

    public Task CloseAudioSink() => Task.CompletedTask;

    public void Dispose()
    {
        output.Dispose();
        _encoder.Dispose();
    }
}
