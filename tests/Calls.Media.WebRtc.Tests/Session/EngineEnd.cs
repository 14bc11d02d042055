using Calls.Media.WebRtc.Tests.Audio;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>One person with an engine: speaks with a tone, shows a clip, and remembers what is heard and seen.</summary>
internal sealed class EngineEnd
{
    private readonly Heard _heard = new();
    private readonly Seen _seen = new();

    public EngineEnd(double tone, int clip, Action<WebRtcMediaOptions>? configure = null, TimeProvider? time = null)
    {
        WebRtcMediaOptions options = new()
        {
            Microphone = _ => new(new ToneInput(tone)),
            Camera = _ => new(new Clip(clip)),
            Loudspeaker = () => _heard,
            Display = () => _seen,
            IncludeLoopback = true,
        };
        configure?.Invoke(options);
        Source = new WebRtcMediaSource(options, time);
        SentPictures = Clip.Names(clip);
    }

    public WebRtcMediaSource Source { get; }

    /// <summary>The names of all pictures that the camera has.</summary>
    public IReadOnlySet<string> SentPictures { get; }

    /// <summary>How many frames of sound were played.</summary>
    public int Played => _heard.Frames;

    /// <summary>The strongest frequency of the last half second; 0: nothing but silence, or not enough.</summary>
    public double Tone => _heard.Tone;

    /// <summary>The names of the pictures that were shown, in order.</summary>
    public IReadOnlyList<string> Pictures => _seen.Names;

    /// <summary>Whether both outputs are closed.</summary>
    public bool AreOutputsClosed => _heard.IsDisposed && _seen.IsDisposed;

    private sealed class Heard : IAudioOutput
    {
        private readonly short[] _last = new short[25 * AudioFrame.Samples];
        private readonly Lock _gate = new();
        private int _frames;

        public bool IsDisposed { get; private set; }

        public int Frames => Volatile.Read(ref _frames);

        public double Tone
        {
            get
            {
                lock (_gate)
                    return _frames >= 25 && Tones.Loudness(_last) > 1_000 ? Tones.Strongest(_last) : 0;
            }
        }

        public void Write(ReadOnlySpan<short> frame)
        {
            lock (_gate)
            {
                _last.AsSpan(frame.Length).CopyTo(_last);
                frame.CopyTo(_last.AsSpan(_last.Length - frame.Length));
                _frames++;
            }
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Seen : IVideoOutput
    {
        private readonly Lock _gate = new();
        private readonly List<string> _names = [];

        public bool IsDisposed { get; private set; }

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
                _names.Add(Video.Pictures.Name(frame.Data));
        }

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>25 pictures a second: a key frame where one is asked for, then nine that differ, again and again.</summary>
    private sealed class Clip(int number) : IVideoInput
    {
        private readonly byte[][] _pictures = Make(number);
        private TimeSpan _next;
        private int _at;

        public static HashSet<string> Names(int number) => Make(number).Select(picture => Video.Pictures.Name(picture)).ToHashSet();

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
            return [Video.Pictures.Key(8_000, random), .. Enumerable.Range(0, 9).Select(_ => Video.Pictures.Delta(2_500, random))];
        }
    }
}
