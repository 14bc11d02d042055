using System.Buffers;
using System.Text;
using System.Text.Json;
using Calls.Protocol.Tests.Properties;
using CsCheck;
using MessagePack;

namespace Calls.Trust.Tests;

/// <summary>What a hostile client sends on each of the transports, from a seed.</summary>
internal static class Garbage
{
    private static readonly Gen<string> Target = Gen.Frequency(
        (20, Gen.Const("Send")), (2, Gen.OneOf("Join", "Leave", "Receive", "OnConnectedAsync", "", "send\0")));

    /// <summary>The frames of one connection, in order.</summary>
    /// <param name="transport">Where they go.</param>
    /// <param name="callId">A call of others, which some of the messages name.</param>
    /// <param name="seed">The same seed makes the same frames.</param>
    public static IReadOnlyList<byte[]> Of(Transport transport, CallId callId, ulong seed)
    {
        var text = Gen.Frequency((5, HostileTexts.Any), (2, HostileTexts.Any.Select(message => InCall(message, callId))), (1, Huge));
        var frames = transport switch
        {
            Transport.WebSocket => Frames.Of(text, isBinary: false),
            Transport.HubJson => Frames.Of(HubJson(text), isBinary: false),
            _ => Frames.Of(HubMessagePack(text), isBinary: true),
        };
        PCG random = new((uint)transport, seed);
        IReadOnlyList<byte[]> garbage = frames.Array[1, 12].Generate(random, null, out _);
        return transport == Transport.WebSocket ? garbage : [Handshake(transport, seed), .. garbage];
    }

    private static Gen<byte[]> Huge => Gen.Select(Gen.Int[60_000, 150_000], Gen.OneOf("[", "{\"a\":", "9", " ", "\"\\u0000"))
        .Select((length, scrap) => Encoding.UTF8.GetBytes($$"""{"type":"call:end","callId":"a","reason":{{string.Concat(Enumerable.Repeat(scrap, length / scrap.Length))}}"""));

    // One handshake in sixteen is broken itself.
    private static byte[] Handshake(Transport transport, ulong seed) => Frames.Frame(1, Encoding.UTF8.GetBytes((seed % 16) switch
    {
        0 => "{\"protocol\":\"json\"\u001e",
        _ when transport == Transport.HubJson => "{\"protocol\":\"json\",\"version\":1}\u001e",
        _ => "{\"protocol\":\"messagepack\",\"version\":1}\u001e",
    }));

    private static byte[] InCall(byte[] message, CallId callId)
        => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message).Replace("\"callId\":\"a\"", $"\"callId\":\"{callId}\"", StringComparison.Ordinal));

    private static Gen<byte[]> HubJson(Gen<byte[]> text) => Gen.Frequency(
        (2, Gen.Select(Target, text).Select((target, argument) => Record($$"""{"type":1,"target":{{Json(target)}},"arguments":[{{Encoding.UTF8.GetString(argument)}}]}"""))),
        (8, Gen.Select(Target, text).Select((target, argument) => Record($$"""{"type":1,"target":{{Json(target)}},"arguments":[{{Json(Encoding.UTF8.GetString(argument))}}]}"""))),
        (1, Gen.Select(Target, Gen.Int[-3, 12], text).Select((target, type, argument)
            => Record($$"""{"type":{{type}},"invocationId":"7","streamIds":["1"],"target":{{Json(target)}},"arguments":[null,1,{{Encoding.UTF8.GetString(argument)}}]}"""))),
        (1, text.Select(message => Record(Encoding.UTF8.GetString(message)))));

    // A length, then an array: type, headers, id, target, arguments, streams. One in three is damaged.
    private static Gen<byte[]> HubMessagePack(Gen<byte[]> text) => Gen.Select(Target, text, Gen.Int[0, 4], Gen.Bool, Gen.Int[0, 2], Gen.UInt, Gen.Byte)
        .Select((target, argument, count, isText, damage, at, value) =>
        {
            ArrayBufferWriter<byte> buffer = new();
            MessagePackWriter writer = new(buffer);
            writer.WriteArrayHeader(6);
            writer.Write(1);
            writer.WriteMapHeader(0);
            writer.WriteNil();
            writer.Write(target);
            writer.WriteArrayHeader(count == 4 ? 3 : 1);
            if (isText)
                writer.WriteString(argument);
            else
                writer.Write(argument);
            writer.WriteArrayHeader(0);
            writer.Flush();
            var message = buffer.WrittenSpan.ToArray();
            if (damage == 0)
                message[at % (uint)message.Length] = value;
            return (byte[])[.. Length(message.Length), .. message];
        });

    private static IEnumerable<byte> Length(int length)
    {
        for (; length > 0x7F; length >>= 7)
            yield return (byte)(length & 0x7F | 0x80);
        yield return (byte)length;
    }

    private static byte[] Record(string json) => Encoding.UTF8.GetBytes(json + '\u001e');

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
