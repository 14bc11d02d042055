using System.Numerics;
using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Audio;

/// <summary>
/// Changes the rate of a stream by a ratio of whole numbers, with a windowed sinc per phase. Keeps the stream's end for the next piece, so that pieces join without
/// a click. Allocates nothing once its thread has seen a piece as long.
/// </summary>
internal sealed class Resampler
{
    private const int MaximumPhases = 1_024;

    // Samples that are computed together: a factor is fetched once for all of them, and none waits for the sum of another.
    private const int Together = 4;

    // What is longer is taken in pieces, so that a thread does not keep the memory that a file of an hour takes.
    private const int LongestPiece = 10 * AudioFrame.Samples;

    // What is computed with is of the thread: many streams in turn find it near, where each one's own would come from far every time.
    [ThreadStatic]
    private static float[]? sharedLine, sharedMade;
    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly int _lanes;
    private readonly ResamplingFilter _filter;

    // As samples, which are half as long as numbers to compute with.
    private readonly short[] _end;
    private int _phase;
    private int _at;

    /// <exception cref="ArgumentOutOfRangeException">The ratio is no ratio of small numbers.</exception>
    public Resampler(int from, int to)
    {
        if (!CanResample(from, to))
            throw new ArgumentOutOfRangeException(nameof(from), from, "Between these rates is no ratio of small numbers.");
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        (_up, _down) = (to / divisor, from / divisor);
        _filter = ResamplingFilter.Of(_up, _down);
        (_taps, _lanes) = (_filter.Taps, _filter.Lanes);
        _end = new short[_taps];
    }

    /// <summary>Whether there is a ratio of small numbers between two rates from 8,000 to 192,000.</summary>
    public static bool CanResample(int from, int to)
        => from is >= 8_000 and <= 192_000 && to is >= 8_000 and <= 192_000 && to / (int)BigInteger.GreatestCommonDivisor(from, to) <= MaximumPhases;

    /// <summary>How many samples <paramref name="count"/> samples become at most.</summary>
    public static int Room(int count, int from, int to) => (int)((long)count * to / from) + 1;

    /// <summary>Takes all of <paramref name="input"/> and returns how many samples it became.</summary>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        var count = 0;
        for (; input.Length > LongestPiece; input = input[LongestPiece..])
            count += ProcessPiece(input[..LongestPiece], output[count..]);
        return count + ProcessPiece(input, output[count..]);
    }

    /// <summary>Fetches the end of the piece before.</summary>
    public void Prefetch() => CacheLines.Fetch(_end, lines: 5);

    private int ProcessPiece(ReadOnlySpan<short> input, Span<short> output)
    {
        // The line holds the last taps of the stream before, then the piece, then room for what is computed together with the last samples.
        var line = Grow(ref sharedLine, _taps + input.Length + Together * _down);
        var made = Grow(ref sharedMade, (int)((long)(input.Length + Together) * _up / _down) + Together + Vector<float>.Count);
        SampleVectors.Widen(_end, line.AsSpan(0, _taps));
        SampleVectors.Widen(input, line.AsSpan(_taps, input.Length));
        var count = _lanes > 0 ? Multiply(line, made, input.Length)
            : _up == 1 && _taps % Vector<float>.Count == 0 ? Divide(line, made, input.Length) : Step(line, made, input.Length);
        SampleVectors.Round(made.AsSpan(0, count), output);
        _end.AsSpan(Math.Min(input.Length, _taps)).CopyTo(_end);
        var last = input[^Math.Min(input.Length, _taps)..];
        last.CopyTo(_end.AsSpan(_taps - last.Length));
        return count;
    }

    private static float[] Grow(ref float[]? samples, int length) => samples?.Length >= length ? samples : samples = new float[length];

    private int Step(float[] line, float[] made, int length)
    {
        var count = 0;
        while (_at < length)
        {
            made[count++] = SampleVectors.Dot(line.AsSpan(_at + 1, _taps), _filter.Phases[_phase]);
            _phase += _down;
            _at += _phase / _up;
            _phase %= _up;
        }

        _at -= length;
        return count;
    }

    // Several samples become one: the same factors for each.
    private int Divide(float[] line, float[] made, int length)
    {
        var factors = Vectors(_filter.Phases[0], 0);
        var count = Math.Max(0, (length - _at + _down - 1) / _down);
        for (var done = 0; done < count; done += Together)
        {
            var at = _at + done * _down + 1;
            var first = Vectors(line, at)[..factors.Length];
            var second = Vectors(line, at + _down)[..factors.Length];
            var third = Vectors(line, at + 2 * _down)[..factors.Length];
            var fourth = Vectors(line, at + 3 * _down)[..factors.Length];
            Vector<float> sum = default, secondSum = default, thirdSum = default, fourthSum = default;
            for (var i = 0; i < factors.Length; i++)
            {
                sum = Vector.MultiplyAddEstimate(first[i], factors[i], sum);
                secondSum = Vector.MultiplyAddEstimate(second[i], factors[i], secondSum);
                thirdSum = Vector.MultiplyAddEstimate(third[i], factors[i], thirdSum);
                fourthSum = Vector.MultiplyAddEstimate(fourth[i], factors[i], fourthSum);
            }

            (made[done], made[done + 1], made[done + 2], made[done + 3]) = (Vector.Sum(sum), Vector.Sum(secondSum), Vector.Sum(thirdSum), Vector.Sum(fourthSum));
        }

        _at += count * _down - length;
        return count;
    }

    private ReadOnlySpan<Vector<float>> Vectors(float[] samples, int from) => MemoryMarshal.Cast<float, Vector<float>>(samples.AsSpan(from, _taps));

    // A sample becomes several, which lie side by side in a vector.
    private int Multiply(float[] samples, float[] made, int length)
    {
        var factorsOfAll = _filter.SideBySide;
        for (var at = 0; at < length; at += Together)
        {
            var line = samples.AsSpan(at + 1, _taps + Together - 1);
            // From the last lanes to the first, and from the first sample to the last: what lies in a vector beyond a sample's own is written over by the next one's.
            for (var lane = _lanes - Vector<float>.Count; lane >= 0; lane -= Vector<float>.Count)
            {
                Vector<float> sum = default, second = default, third = default, fourth = default;
                for (var tap = 0; tap + Together <= line.Length; tap++)
                {
                    Vector<float> factors = new(factorsOfAll, tap * _lanes + lane);
                    sum = Vector.MultiplyAddEstimate(new(line[tap]), factors, sum);
                    second = Vector.MultiplyAddEstimate(new(line[tap + 1]), factors, second);
                    third = Vector.MultiplyAddEstimate(new(line[tap + 2]), factors, third);
                    fourth = Vector.MultiplyAddEstimate(new(line[tap + 3]), factors, fourth);
                }

                var first = at * _up + lane;
                sum.CopyTo(made, first);
                second.CopyTo(made, first + _up);
                third.CopyTo(made, first + 2 * _up);
                fourth.CopyTo(made, first + 3 * _up);
            }
        }

        return length * _up;
    }
}
