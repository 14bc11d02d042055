using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Tests.Video;

/// <summary>Bytes that have the form of VP8 frames.</summary>
internal static class Pictures
{
    public static byte[] Key(int length, Random random, int width = 640, int height = 480)
    {
        var frame = Any(length, random);
        new byte[] { 0x10, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8) }.CopyTo(frame, 0);
        return frame;
    }

    public static byte[] Delta(int length, Random random)
    {
        var frame = Any(length, random);
        frame[0] |= 1;
        return frame;
    }

    /// <summary>A short name, by which two frames are compared.</summary>
    public static string Name(ReadOnlySpan<byte> frame) => Convert.ToHexString(SHA256.HashData(frame)[..6]);

    private static byte[] Any(int length, Random random)
    {
        var frame = new byte[length];
        random.NextBytes(frame);
        return frame;
    }
}
