using System.Buffers.Binary;

namespace Calls.ModelCheck;

/// <summary>128 bits of a canonical text: two states of ten million meet by chance about once in 10²⁴ searches.</summary>
internal static class StateHash
{
    public static UInt128 Of(ReadOnlySpan<byte> text)
    {
        ulong a = 0x9E3779B97F4A7C15, b = 0xC2B2AE3D27D4EB4F ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            Mix(ref a, ref b, BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[8..];
        }

        ulong rest = 0;
        for (var i = 0; i < text.Length; i++)
            rest |= (ulong)text[i] << (8 * i);
        Mix(ref a, ref b, rest);
        Mix(ref a, ref b, b);
        return new(a, b);
    }

    private static void Mix(ref ulong a, ref ulong b, ulong word)
    {
        a = Fold(a ^ word, 0xA0761D6478BD642F);
        b = Fold(b + word, 0xE7037ED1A0B428DB) ^ ulong.RotateLeft(a, 23);
    }

    /// <summary>Never loses a bit of its input: an odd factor, and both halves of the product.</summary>
    private static ulong Fold(ulong value, ulong factor)
    {
        var high = Math.BigMul(value, factor, out var low);
        return low ^ ulong.RotateLeft(high, 32);
    }
}
