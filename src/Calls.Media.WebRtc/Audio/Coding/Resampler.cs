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

    // Where every sample becomes several: the phases side by side, tap after tap, so that one step computes all that becomes of a sample.
    private readonly float[] _sideBySide = [];
    private readonly float[] _sums = [];
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
        if (_down > 1 || _up == 1)
            return;
        _sums = new float[(_up + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count];
        _sideBySide = new float[_taps * _sums.Length];
        for (var tap = 0; tap < _taps; tap++)
        {
            for (var phase = 0; phase < _up; phase++)
                _sideBySide[tap * _sums.Length + phase] = _phases[phase][tap];
        }
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
        Widen(input, _line.AsSpan(_taps, input.Length));
        var count = _sideBySide.Length > 0 ? Multiply(input.Length, output) : Step(input.Length, output);
        _line.AsSpan(input.Length, _taps).CopyTo(_line);
        return count;
    }

    private int Step(int length, Span<short> output)
    {
        var count = 0;
        while (_at < length)
        {
            output[count++] = Rounded(Dot(_line.AsSpan(_at + 1, _taps), _phases[_phase]));
            _phase += _down;
            _at += _phase / _up;
            _phase %= _up;
        }

        _at -= length;
        return count;
    }

    private int Multiply(int length, Span<short> output)
    {
        for (var at = 0; at < length; at++)
        {
            var line = _line.AsSpan(at + 1, _taps);
            for (var first = 0; first < _sums.Length; first += Vector<float>.Count)
            {
                var sums = Vector<float>.Zero;
                for (var tap = 0; tap < line.Length; tap++)
                    sums += line[tap] * new Vector<float>(_sideBySide, tap * _sums.Length + first);
                sums.CopyTo(_sums, first);
            }

            for (var phase = 0; phase < _up; phase++)
                output[at * _up + phase] = Rounded(_sums[phase]);
        }

        return length * _up;
    }

    private static short Rounded(float sample) => (short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue);

    private static void Widen(ReadOnlySpan<short> samples, Span<float> wide)
    {
        var i = 0;
        for (; i <= samples.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(samples[i..]), out var low, out var high);
            Vector.ConvertToSingle(low).CopyTo(wide[i..]);
            Vector.ConvertToSingle(high).CopyTo(wide[(i + Vector<int>.Count)..]);
        }

        for (; i < samples.Length; i++)
            wide[i] = samples[i];
    }

    private static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        // Two sums, so that the one need not wait for the other.
        var (evens, odds) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i + 1 < ones.Length; i += 2)
        {
            evens += ones[i] * others[i];
            odds += ones[i + 1] * others[i + 1];
        }

        if (ones.Length % 2 == 1)
            evens += ones[^1] * others[^1];
        var sum = Vector.Sum(evens + odds);
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
