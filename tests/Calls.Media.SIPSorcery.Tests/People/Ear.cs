using System.Net;
using SIPSorcery.Media;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.People;

/// <summary>A sink as an app has it; tells which tone it hears.</summary>
internal sealed class Ear : IAudioSink
{
    private readonly AudioEncoder _encoder = new(includeLinearFormats: false, includeOpus: true);
    private readonly Lock _gate = new();
    private readonly List<short> _heard = [];
    private int _rate = 8_000;

    public event SourceErrorDelegate? OnAudioSinkError
    {
        add { }
        remove { }
    }

    public bool IsStarted { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Called for each frame that comes.</summary>
    public Action? Heard { get; init; }

    /// <summary>How many frames came so far.</summary>
    public int Frames { get; private set; }

    /// <summary>The frequency of the last half second, in Hz; 0: silence, or not enough.</summary>
    public double Frequency
    {
        get
        {
            lock (_gate)
            {
                if (_heard.Count < _rate / 2 || _heard.Max(sample => Math.Abs((int)sample)) < 1_000)
                    return 0;
                var crossings = 0;
                for (var i = 1; i < _heard.Count; i++)
                    crossings += _heard[i - 1] < 0 && _heard[i] >= 0 ? 1 : 0;
                return crossings / ((double)_heard.Count / _rate);
            }
        }
    }

    public List<AudioFormat> GetAudioSinkFormats() => _encoder.SupportedFormats;

    public void SetAudioSinkFormat(AudioFormat audioFormat)
    {
    }

    public void GotAudioRtp(IPEndPoint remoteEndPoint, uint ssrc, uint seqnum, uint timestamp, int payloadID, bool marker, byte[] payload)
    {
    }

    public void GotEncodedMediaFrame(EncodedAudioFrame encodedMediaFrame)
    {
        Heard?.Invoke();
        var samples = _encoder.DecodeAudio(encodedMediaFrame.EncodedAudio, encodedMediaFrame.AudioFormat);
        lock (_gate)
        {
            Frames++;
            _rate = encodedMediaFrame.AudioFormat.ClockRate;
            _heard.AddRange(samples);
            _heard.RemoveRange(0, Math.Max(0, _heard.Count - _rate / 2));
        }
    }

    /// <summary>Forgets what was heard.</summary>
    public void Forget()
    {
        lock (_gate)
            _heard.Clear();
    }

    public void RestrictFormats(Func<AudioFormat, bool> filter)
    {
    }

    public Task PauseAudioSink() => Task.CompletedTask;

    public Task ResumeAudioSink() => Task.CompletedTask;

    public Task StartAudioSink()
    {
        IsStarted = true;
        return Task.CompletedTask;
    }

    public Task CloseAudioSink()
    {
        IsClosed = true;
        return Task.CompletedTask;
    }
}
