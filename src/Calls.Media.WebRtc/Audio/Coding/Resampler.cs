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

    // Samples that are computed together: a factor is fetched once for all of them, and none waits for the sum of another.
    private const int Together = 4;
    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly float[][] _phases;

    // Where every sample becomes several: the phases side by side, tap after tap, so that one step computes all that becomes of a sample.
    private readonly float[] _sideBySide = [];
    private readonly int _lanes;
    private float[] _line;
    private float[] _made = [];
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
        _lanes = (_up + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _sideBySide = new float[_taps * _lanes];
        for (var tap = 0; tap < _taps; tap++)
        {
            for (var phase = 0; phase < _up; phase++)
                _sideBySide[tap * _lanes + phase] = _phases[phase][tap];
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
        // The line holds the last taps of the stream before, then the piece, then room for what is computed together with the last samples.
        Grow(ref _line, _taps + input.Length + Together * _down);
        Grow(ref _made, (int)((long)(input.Length + Together) * _up / _down) + Together + Vector<float>.Count);
        SampleVectors.Widen(input, _line.AsSpan(_taps, input.Length));
        var count = _lanes > 0 ? Multiply(input.Length) : _up == 1 && _taps % Vector<float>.Count == 0 ? Divide(input.Length) : Step(input.Length);
        SampleVectors.Round(_made.AsSpan(0, count), output);
        _line.AsSpan(input.Length, _taps).CopyTo(_line);
        return count;
    }

    private static void Grow(ref float[] samples, int length)
    {
        if (samples.Length < length)
            Array.Resize(ref samples, length);
    }

    private int Step(int length)
    {
        var count = 0;
        while (_at < length)
        {
            _made[count++] = SampleVectors.Dot(_line.AsSpan(_at + 1, _taps), _phases[_phase]);
            _phase += _down;
            _at += _phase / _up;
            _phase %= _up;
        }

        _at -= length;
        return count;
    }

    // Several samples become one: the same factors for each.
    private int Divide(int length)
    {
        var factors = Vectors(_phases[0], 0);
        var count = Math.Max(0, (length - _at + _down - 1) / _down);
        for (var done = 0; done < count; done += Together)
        {
            var at = _at + done * _down + 1;
            var first = Vectors(_line, at)[..factors.Length];
            var second = Vectors(_line, at + _down)[..factors.Length];
            var third = Vectors(_line, at + 2 * _down)[..factors.Length];
            var fourth = Vectors(_line, at + 3 * _down)[..factors.Length];
            Vector<float> sum = default, secondSum = default, thirdSum = default, fourthSum = default;
            for (var i = 0; i < factors.Length; i++)
            {
                sum = Vector.MultiplyAddEstimate(first[i], factors[i], sum);
                secondSum = Vector.MultiplyAddEstimate(second[i], factors[i], secondSum);
                thirdSum = Vector.MultiplyAddEstimate(third[i], factors[i], thirdSum);
                fourthSum = Vector.MultiplyAddEstimate(fourth[i], factors[i], fourthSum);
            }

            (_made[done], _made[done + 1], _made[done + 2], _made[done + 3]) = (Vector.Sum(sum), Vector.Sum(secondSum), Vector.Sum(thirdSum), Vector.Sum(fourthSum));
        }

        _at += count * _down - length;
        return count;
    }

    private ReadOnlySpan<Vector<float>> Vectors(float[] samples, int from) => MemoryMarshal.Cast<float, Vector<float>>(samples.AsSpan(from, _taps));

    // A sample becomes several, which lie side by side in a vector.
    private int Multiply(int length)
    {
        for (var at = 0; at < length; at += Together)
        {
            var line = _line.AsSpan(at + 1, _taps + Together - 1);
            // From the last lanes to the first, and from the first sample to the last: what lies in a vector beyond a sample's own is written over by the next one's.
            for (var lane = _lanes - Vector<float>.Count; lane >= 0; lane -= Vector<float>.Count)
            {
                Vector<float> sum = default, second = default, third = default, fourth = default;
                for (var tap = 0; tap + Together <= line.Length; tap++)
                {
                    Vector<float> factors = new(_sideBySide, tap * _lanes + lane);
                    sum = Vector.MultiplyAddEstimate(new(line[tap]), factors, sum);
                    second = Vector.MultiplyAddEstimate(new(line[tap + 1]), factors, second);
                    third = Vector.MultiplyAddEstimate(new(line[tap + 2]), factors, third);
                    fourth = Vector.MultiplyAddEstimate(new(line[tap + 3]), factors, fourth);
                }

                var first = at * _up + lane;
                sum.CopyTo(_made, first);
                second.CopyTo(_made, first + _up);
                third.CopyTo(_made, first + 2 * _up);
                fourth.CopyTo(_made, first + 3 * _up);
            }
        }

        return length * _up;
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
