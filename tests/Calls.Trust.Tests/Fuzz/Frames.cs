using System.Buffers.Binary;
using CsCheck;

namespace Calls.Trust.Tests;

/// <summary>WebSocket frames (RFC 6455, section 5.2): what a client writes, and what none should.</summary>
internal static class Frames
{
    /// <summary>The opcode that ends a connection.</summary>
    public const byte Close = 8;

    private const byte Text = 1;
    private const byte Binary = 2;

    /// <summary>The payloads as messages, whole or in pieces; one in eight of the frames breaks the rules of framing instead.</summary>
    public static Gen<byte[]> Of(Gen<byte[]> payload, bool isBinary)
    {
        var opcode = isBinary ? Binary : Text;
        return Gen.Frequency(
            (6, payload.Select(bytes => Frame(opcode, bytes))),
            (1, Gen.Select(payload, Gen.Int[1, 5]).Select((bytes, pieces) => Pieces(opcode, bytes, pieces))),
            (1, Broken(payload)));
    }

    public static byte[] Frame(byte opcode, byte[] payload, bool isLast = true, bool isMasked = true, byte reserved = 0, ulong? declared = null)
    {
        var length = declared ?? (ulong)payload.Length;
        var head = new byte[14];
        head[0] = (byte)((isLast ? 0x80 : 0) | reserved << 4 | opcode);
        var at = 2;
        if (length < 126)
        {
            head[1] = (byte)length;
        }
        else if (length <= ushort.MaxValue)
        {
            head[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)length);
            at = 4;
        }
        else
        {
            head[1] = 127;
            BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), length);
            at = 10;
        }

        if (!isMasked)
            return [.. head[..at], .. payload];
        head[1] |= 0x80;
        // A mask of zeros is a mask.
        return [.. head[..(at + 4)], .. payload];
    }

    private static byte[] Pieces(byte opcode, byte[] payload, int pieces)
    {
        List<byte> all = [];
        var size = (payload.Length / pieces) + 1;
        for (var piece = 0; piece < pieces; piece++)
            all.AddRange(Frame(piece == 0 ? opcode : (byte)0, [.. payload.Skip(piece * size).Take(size)], isLast: piece == pieces - 1));
        return [.. all];
    }

    private static Gen<byte[]> Broken(Gen<byte[]> payload) => Gen.OneOf(
        payload.Select(bytes => Frame(Text, bytes, isMasked: false)),
        Gen.Select(payload, Gen.Byte[0, 15]).Select((bytes, opcode) => Frame(opcode, bytes)),
        Gen.Select(payload, Gen.Byte[1, 7]).Select((bytes, reserved) => Frame(Text, bytes, reserved: reserved)),
        Gen.Select(payload, Gen.ULong).Select((bytes, declared) => Frame(Text, bytes, declared: declared)),
        Gen.Select(payload, Gen.Byte[8, 10]).Select((bytes, control) => Frame(control, bytes, isLast: false)),
        Gen.Byte.Array[0, 40]);
}
