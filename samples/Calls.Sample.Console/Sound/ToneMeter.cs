using Calls.Media.WebRtc;

namespace Calls.Sample.Console.Sound;

/// <summary>Listens for a tone, and tells which frequency it has. Gaps, and what is made up for lost packets, do not move it: most waves are the tone's.</summary>
internal sealed class ToneMeter : IAudioOutput
{
    // Below this loudness it is silence, or ripples around the middle of a wave.
    private const int Quiet = 500;
    private const int LongestWave = AudioFrame.SampleRate / 50;
    private const int Near = 2;
    private readonly Lock _gate = new();
    private readonly int[] _waves = new int[LongestWave + 1];
    private int _length;
    private bool _isAbove;

    /// <summary>The frequency of most of the sound so far, in Hz, from 50 on; 0 where there was none.</summary>
    public double Frequency
    {
        get
        {
            lock (_gate)
            {
                var middle = Middle();
                var (waves, samples) = (0L, 0L);
                for (var length = Math.Max(0, middle - Near); length <= Math.Min(LongestWave, middle + Near); length++)
                    (waves, samples) = (waves + _waves[length], samples + (long)length * _waves[length]);
                return samples == 0 ? 0 : (double)waves * AudioFrame.SampleRate / samples;
            }
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<short> frame)
    {
        lock (_gate)
        {
            foreach (var sample in frame)
                Hear(sample);
        }
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    // A wave is from one rise through the middle to the next.
    private void Hear(short sample)
    {
        _length++;
        var wasAbove = _isAbove;
        _isAbove = sample > Quiet || _isAbove && sample > -Quiet;
        if (wasAbove || !_isAbove)
            return;
        if (_length <= LongestWave)
            _waves[_length]++;
        _length = 0;
    }

    private int Middle()
    {
        var half = (_waves.Sum() + 1) / 2;
        for (var (length, seen) = (0, 0); length <= LongestWave; length++)
        {
            seen += _waves[length];
            if (seen >= half && half > 0)
                return length;
        }

        return 0;
    }
}
