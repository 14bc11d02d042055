using System.Numerics;

namespace Calls.Media.WebRtc.Audio;

/// <summary>The factors between two rates, the same for all streams: a windowed sinc per phase.</summary>
internal sealed class ResamplingFilter
{
    // Of the slower of the two rates, on both sides of a sample: 70 dB down outside.
    private const int HalfWidth = 12;

    // Those of telephones, which every call with G.711 has: once for all of them.
    private const int Wideness = AudioFrame.SampleRate / 8_000;
    private static readonly ResamplingFilter Widening = new(Wideness, 1), Narrowing = new(1, Wideness);
    private readonly int _up;

    private ResamplingFilter(int up, int down)
    {
        _up = up;
        var cutoff = Math.Min(1.0, (double)up / down);
        Taps = 2 * (int)Math.Ceiling(HalfWidth / cutoff);
        Phases = [.. Enumerable.Range(0, up).Select(phase => Phase(phase, cutoff))];
        if (down > 1 || up == 1)
            return;
        Lanes = (up + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        SideBySide = new float[Taps * Lanes];
        for (var tap = 0; tap < Taps; tap++)
        {
            for (var phase = 0; phase < up; phase++)
                SideBySide[tap * Lanes + phase] = Phases[phase][tap];
        }
    }

    /// <summary>The samples that one is computed from.</summary>
    public int Taps { get; }

    /// <summary>The factors of each phase.</summary>
    public float[][] Phases { get; }

    /// <summary>Where every sample becomes several: the phases side by side, tap after tap, so that one step computes all that becomes of a sample.</summary>
    public float[] SideBySide { get; } = [];

    /// <summary>How many there are side by side, with what fills the last vector; 0: they are not.</summary>
    public int Lanes { get; }

    /// <summary>The filter of a ratio in its lowest terms.</summary>
    public static ResamplingFilter Of(int up, int down) => (up, down) switch
    {
        (Wideness, 1) => Widening,
        (1, Wideness) => Narrowing,
        _ => new(up, down),
    };

    private float[] Phase(int phase, double cutoff)
    {
        var half = Taps / 2;
        var taps = new float[Taps];
        double sum = 0;
        for (var i = 0; i < Taps; i++)
        {
            // The output lies between the samples half - 1 and half of the line.
            var x = i - (half - 1) - (double)phase / _up;
            var angle = Math.PI * x * cutoff;
            var sinc = Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle;
            var window = 0.42 + 0.5 * Math.Cos(Math.PI * x / half) + 0.08 * Math.Cos(2 * Math.PI * x / half);
            taps[i] = (float)(sinc * Math.Max(0, window));
            sum += taps[i];
        }

        for (var i = 0; i < Taps; i++)
            taps[i] = (float)(taps[i] / sum);
        return taps;
    }
}
