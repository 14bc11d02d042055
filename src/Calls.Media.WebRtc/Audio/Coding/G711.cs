using System.Numerics;

namespace Calls.Media.WebRtc.Audio;

/// <summary>The two laws of ITU-T G.711: 16 bit samples as 8 bits, on a scale of eight segments.</summary>
internal static class G711
{
    private const int MuLawBias = 0x84;
    private const int MuLawClip = 0x7FFF - MuLawBias;

    /// <summary>The samples of the 256 mu-law codes.</summary>
    public static short[] MuLaw { get; } = [.. Enumerable.Range(0, 256).Select(code => FromMuLaw((byte)code))];

    /// <summary>The samples of the 256 A-law codes.</summary>
    public static short[] ALaw { get; } = [.. Enumerable.Range(0, 256).Select(code => FromALaw((byte)code))];

    /// <summary>The mu-law code of a sample.</summary>
    public static byte ToMuLaw(short sample) => (byte)ToMuLaw(new Vector<int>(sample))[0];

    /// <summary>The A-law code of a sample.</summary>
    public static byte ToALaw(short sample) => (byte)ToALaw(new Vector<int>(sample))[0];

    /// <summary>The mu-law codes of samples.</summary>
    public static void ToMuLaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        var i = 0;
        for (; i <= samples.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var (first, second, third, fourth) = Widen(samples[i..]);
            Narrow(ToMuLaw(first), ToMuLaw(second), ToMuLaw(third), ToMuLaw(fourth), codes[i..]);
        }

        for (; i < samples.Length; i++)
            codes[i] = ToMuLaw(samples[i]);
    }

    /// <summary>The A-law codes of samples.</summary>
    public static void ToALaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        var i = 0;
        for (; i <= samples.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var (first, second, third, fourth) = Widen(samples[i..]);
            Narrow(ToALaw(first), ToALaw(second), ToALaw(third), ToALaw(fourth), codes[i..]);
        }

        for (; i < samples.Length; i++)
            codes[i] = ToALaw(samples[i]);
    }

    // The bias makes the smallest magnitude 0x84, whose highest bit is the seventh.
    private static Vector<int> ToMuLaw(Vector<int> samples)
    {
        var magnitudes = Vector.Min(Vector.Abs(samples), new Vector<int>(MuLawClip)) + new Vector<int>(MuLawBias);
        var signs = Vector.LessThan(samples, Vector<int>.Zero) & new Vector<int>(0x80);
        return ~(SegmentsAndSteps(magnitudes, 7) | signs) & new Vector<int>(0xFF);
    }

    // Negative samples are one below their magnitude's code, so that -1 and 0 have codes of their own.
    private static Vector<int> ToALaw(Vector<int> samples)
    {
        var magnitudes = (samples ^ samples >> 31) >> 3;
        var isFirstSegment = Vector.LessThan(magnitudes, new Vector<int>(0x20));
        var codes = Vector.ConditionalSelect(isFirstSegment, magnitudes >> 1, SegmentsAndSteps(magnitudes, 4));
        var signs = Vector.GreaterThanOrEqual(samples, Vector<int>.Zero) & new Vector<int>(0x80);
        return (codes | signs) ^ new Vector<int>(0x55);
    }

    // The segment, which is the place of the highest bit, and the four bits behind that bit: just what a number in floating point begins with.
    private static Vector<int> SegmentsAndSteps(Vector<int> magnitudes, int firstSegment)
        => (Vector.AsVectorInt32(Vector.ConvertToSingle(magnitudes)) >> 19) - new Vector<int>(127 + firstSegment << 4);

    private static (Vector<int> First, Vector<int> Second, Vector<int> Third, Vector<int> Fourth) Widen(ReadOnlySpan<short> samples)
    {
        Vector.Widen(new Vector<short>(samples), out var first, out var second);
        Vector.Widen(new Vector<short>(samples[Vector<short>.Count..]), out var third, out var fourth);
        return (first, second, third, fourth);
    }

    private static void Narrow(Vector<int> first, Vector<int> second, Vector<int> third, Vector<int> fourth, Span<byte> codes)
        => Vector.Narrow(Vector.AsVectorUInt16(Vector.Narrow(first, second)), Vector.AsVectorUInt16(Vector.Narrow(third, fourth))).CopyTo(codes);

    private static short FromMuLaw(byte code)
    {
        var bits = ~code & 0xFF;
        var magnitude = (((bits & 0x0F) << 3) + MuLawBias << (bits >> 4 & 7)) - MuLawBias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short FromALaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = bits >> 4 & 7;
        // The middle of the step.
        var magnitude = ((bits & 0x0F) << 4) + 8;
        if (segment > 0)
            magnitude = magnitude + 0x100 << segment - 1;
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }
}
