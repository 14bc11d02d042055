using System.Numerics;
using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Audio;

/// <summary>
/// Changes the rate of a stream by a ratio of whole numbers, with a windowed sinc per phase. Keeps the stream's end for the next piece, so that pieces join without
/// a click. Allocates nothing once it has seen its longest piece.
/// </summary>
internal sealed class Resampler
{
    // Of the slower of the two rates, on both sides of a sample: 70 dB down outside.
    private const int HalfWidth = 12;
    private const int MaximumPhases = 1_024;
    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly float[][] _phases;
    private float[] _line;
    private int _phase;
    private int _at;

    /// <exception cref="ArgumentOutOfRangeException">The ratio is no ratio of small numbers.</exception>
    public Resampler(int from, int to)
    {
        if (!CanResample(from, to))
            throw new ArgumentOutOfRangeException(nameof(from), from, "Between these rates is no ratio of small numbers.");
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        (_up, _down) = (to / divisor, from / divisor);
        var cutoff = Math.Min(1.0, (double)to / from);
        _taps = 2 * (int)Math.Ceiling(HalfWidth / cutoff);
        _phases = [.. Enumerable.Range(0, _up).Select(phase => Phase(phase, cutoff))];
        _line = new float[_taps];
    }

    /// <summary>Whether there is a ratio of small numbers between two rates from 8,000 to 192,000.</summary>
    public static bool CanResample(int from, int to)
        => from is >= 8_000 and <= 192_000 && to is >= 8_000 and <= 192_000 && to / (int)BigInteger.GreatestCommonDivisor(from, to) <= MaximumPhases;

    /// <summary>How many samples <paramref name="count"/> samples become at most.</summary>
    public static int Room(int count, int from, int to) => (int)((long)count * to / from) + 1;

    /// <summary>Takes all of <paramref name="input"/> and returns how many samples it became.</summary>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        // The line holds the last taps of the stream before, and then the piece.
        if (_line.Length < _taps + input.Length)
            Array.Resize(ref _line, _taps + input.Length);
        for (var i = 0; i < input.Length; i++)
            _line[_taps + i] = input[i];

        var count = 0;
        while (_at < input.Length)
        {
            var sum = Dot(_line.AsSpan(_at + 1, _taps), _phases[_phase]);
            output[count++] = (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
            _phase += _down;
            _at += _phase / _up;
            _phase %= _up;
        }

        _at -= input.Length;
        _line.AsSpan(input.Length, _taps).CopyTo(_line);
        return count;
    }

    private static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < ones.Length; i++)
            sums += ones[i] * others[i];
        var sum = Vector.Sum(sums);
        for (var i = ones.Length * Vector<float>.Count; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private float[] Phase(int phase, double cutoff)
    {
        var half = _taps / 2;
        var taps = new float[_taps];
        double sum = 0;
        for (var i = 0; i < _taps; i++)
        {
            // The output lies between the samples half - 1 and half of the line.
            var x = i - (half - 1) - (double)phase / _up;
            var angle = Math.PI * x * cutoff;
            var sinc = Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle;
            var window = 0.42 + 0.5 * Math.Cos(Math.PI * x / half) + 0.08 * Math.Cos(2 * Math.PI * x / half);
            taps[i] = (float)(sinc * Math.Max(0, window));
            sum += taps[i];
        }

        for (var i = 0; i < _taps; i++)
            taps[i] = (float)(taps[i] / sum);
        return taps;
    }
}
