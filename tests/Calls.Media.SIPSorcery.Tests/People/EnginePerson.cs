using Calls.Media.WebRtc;

namespace Calls.Media.SIPSorcery.Tests.People;

/// <summary>The same with the managed engine: a tone, a clip, what is heard and seen.</summary>
internal sealed class EnginePerson
{
    private readonly Heard _heard = new();
    private readonly Seen _seen = new();

    public EnginePerson(double tone, int clip = 2) => Source = new WebRtcMediaSource(new()
    {
        Microphone = _ => new(new ToneInput(tone)),
        Camera = _ => new(new Film(clip)),
        Loudspeaker = () => _heard,
        Display = () => _seen,
        IncludeLoopback = true,
    });

    public WebRtcMediaSource Source { get; }

    public double Frequency => _heard.Frequency;

    public int Played => _heard.Frames;

    public IReadOnlyList<string> Pictures => _seen.Names;

    private sealed class Heard : IAudioOutput
    {
        private readonly short[] _last = new short[25 * AudioFrame.Samples];
        private readonly Lock _gate = new();

        public int Frames { get; private set; }

        public double Frequency
        {
            get
            {
                lock (_gate)
                {
                    var crossings = 0;
                    for (var i = 1; i < _last.Length; i++)
                        crossings += _last[i - 1] < 0 && _last[i] >= 0 ? 1 : 0;
                    return _last.Max(sample => Math.Abs((int)sample)) < 1_000 ? 0 : crossings / (25 * AudioFrame.Duration.TotalSeconds);
                }
            }
        }

        public void Write(ReadOnlySpan<short> frame)
        {
            lock (_gate)
            {
                Frames++;
                _last.AsSpan(frame.Length).CopyTo(_last);
                frame.CopyTo(_last.AsSpan(_last.Length - frame.Length));
            }
        }

        public void Dispose()
        {
        }
    }

    private sealed class Seen : IVideoOutput
    {
        private readonly Lock _gate = new();
        private readonly List<string> _names = [];

        public IReadOnlyList<string> Names
        {
            get
            {
                lock (_gate)
                    return [.. _names];
            }
        }

        public void Write(VideoFrame frame)
        {
            lock (_gate)
                _names.Add(WebRtc.Tests.Video.Pictures.Name(frame.Data));
        }

        public void Dispose()
        {
        }
    }

    private sealed class Film(int number) : IVideoInput
    {
        private readonly byte[][] _pictures = Make(number);
        private TimeSpan _next;
        private int _at;

        public bool TryRead(TimeSpan elapsed, out VideoFrame frame)
        {
            frame = new VideoFrame(_pictures[_at], _next, _at == 0);
            if (_next > elapsed)
                return false;
            _next += TimeSpan.FromMilliseconds(40);
            _at = (_at + 1) % _pictures.Length;
            return true;
        }

        public void RequestKeyFrame() => _at = 0;

        public void Dispose()
        {
        }

        private static byte[][] Make(int number)
        {
            Random random = new(number);
            return [WebRtc.Tests.Video.Pictures.Key(8_000, random), .. Enumerable.Range(0, 9).Select(_ => WebRtc.Tests.Video.Pictures.Delta(2_500, random))];
        }
    }
}
