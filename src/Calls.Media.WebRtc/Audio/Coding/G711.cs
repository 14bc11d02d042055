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
    public static byte ToMuLaw(short sample)
    {
        var magnitude = Math.Min(Math.Abs((int)sample), MuLawClip) + MuLawBias;
        // The bias makes the smallest magnitude 0x84, whose highest bit is the seventh.
        var segment = BitOperations.Log2((uint)magnitude) - 7;
        var code = segment << 4 | magnitude >> (segment + 3) & 0x0F;
        return (byte)~(sample < 0 ? code | 0x80 : code);
    }

    /// <summary>The mu-law codes of samples.</summary>
    public static void ToMuLaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        for (var i = 0; i < samples.Length; i++)
            codes[i] = ToMuLaw(samples[i]);
    }

    /// <summary>The A-law codes of samples.</summary>
    public static void ToALaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        for (var i = 0; i < samples.Length; i++)
            codes[i] = ToALaw(samples[i]);
    }

    /// <summary>The A-law code of a sample.</summary>
    public static byte ToALaw(short sample)
    {
        // Negative samples are one below their magnitude's code, so that -1 and 0 have codes of their own.
        var magnitude = (sample < 0 ? ~sample : sample) >> 3;
        var segment = magnitude < 0x20 ? 0 : BitOperations.Log2((uint)magnitude) - 4;
        var code = segment == 0 ? magnitude >> 1 : (segment << 4) | (magnitude >> segment & 0x0F);
        return (byte)((sample < 0 ? code : code | 0x80) ^ 0x55);
    }

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
