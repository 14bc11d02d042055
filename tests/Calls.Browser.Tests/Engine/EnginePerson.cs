using Calls.Media.WebRtc;

namespace Calls.Browser.Tests.Engine;

/// <summary>A person with the managed engine: speaks with a tone of 440 Hz, shows a clip, listens, and records what is shown.</summary>
internal sealed class EnginePerson : IDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("calls-engine-");
    private readonly Ear _ear = new();
    private IvfWriter? _recording;

    private EnginePerson() => Source = new WebRtcMediaSource(new()
    {
        Microphone = static _ => new(new ToneInput(440)),
        Loudspeaker = () => _ear,
        Camera = _ => new(new IvfReader(Clip)),
        Display = () => _recording = new IvfWriter(Recording),
        IncludeLoopback = true,
        TurnCertificateValidation = static (_, certificate, _, _) => certificate?.Subject == "CN=calls.test",
    });

    public WebRtcMediaSource Source { get; }

    /// <summary>The frequency that was heard in the last half second, in Hz; 0: silence.</summary>
    public double Frequency => _ear.Frequency;

    /// <summary>How many pictures were recorded so far.</summary>
    public int Pictures => _recording?.Frames ?? 0;

    /// <summary>Where they are, once the devices are closed.</summary>
    public string Recording => Path.Combine(_files.FullName, "recording.ivf");

    private string Clip => Path.Combine(_files.FullName, "clip.ivf");

    public static async Task<EnginePerson> CreateAsync()
    {
        EnginePerson person = new();
        await Ffmpeg.MakeClipAsync(person.Clip);
        return person;
    }

    public void Dispose() => _files.Delete(recursive: true);

    /// <summary>Counts how often the sound crosses zero.</summary>
    private sealed class Ear : IAudioOutput
    {
        private readonly short[] _last = new short[25 * AudioFrame.Samples];
        private readonly Lock _gate = new();

        public double Frequency
        {
            get
            {
                lock (_gate)
                {
                    var crossings = 0;
                    for (var i = 1; i < _last.Length; i++)
                        crossings += _last[i - 1] < 0 && _last[i] >= 0 ? 1 : 0;
                    return _last.Max(sample => Math.Abs((int)sample)) < 500 ? 0 : crossings / (25 * AudioFrame.Duration.TotalSeconds);
                }
            }
        }

        public void Write(ReadOnlySpan<short> frame)
        {
            lock (_gate)
            {
                _last.AsSpan(frame.Length).CopyTo(_last);
                frame.CopyTo(_last.AsSpan(_last.Length - frame.Length));
            }
        }

        public void Dispose()
        {
        }
    }
}
