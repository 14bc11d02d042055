using System.Numerics;
using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Audio;

/// <summary>Samples as numbers to compute with, and back, as many at once as the processor can.</summary>
internal static class SampleVectors
{
    /// <summary>The samples as they are.</summary>
    public static void Widen(ReadOnlySpan<short> samples, Span<float> wide)
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

    /// <summary>The nearest samples; what is beyond their range is cut.</summary>
    public static void Round(ReadOnlySpan<float> wide, Span<short> samples)
    {
        var i = 0;
        for (; i <= wide.Length - Vector<short>.Count; i += Vector<short>.Count)
            Vector.Narrow(Rounded(wide[i..]), Rounded(wide[(i + Vector<float>.Count)..])).CopyTo(samples[i..]);
        for (; i < wide.Length; i++)
            samples[i] = (short)Math.Clamp(MathF.Round(wide[i]), short.MinValue, short.MaxValue);
    }

    /// <summary>The sum of the products of two lines that are equally long.</summary>
    public static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
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

    private static Vector<int> Rounded(ReadOnlySpan<float> wide) => Vector.ConvertToInt32Native(
        Vector.Round(Vector.Min(Vector.Max(new Vector<float>(wide), new Vector<float>(short.MinValue)), new Vector<float>(short.MaxValue))));
}
