using System.Text;
using CsCheck;

namespace Calls.Protocol.Tests.Properties;

/// <summary>What a hostile or broken peer may send: bytes, JSON of the protocol's own words, valid messages with damage, depth, and numbers.</summary>
internal static class HostileTexts
{
    private static readonly string[] Words =
    [
        "type", "callId", "seq", "from", "userId", "deviceId", "displayName", "chatId", "video", "sdp", "ageMs", "ringTimeoutMs", "candidates", "candidate",
        "sdpMid", "sdpMLineIndex", "usernameFragment", "reason", "kind", "round", "newSession", "muted", "hold", "calls", "received", "protocol",
        "iceServers", "urls", "username", "credential", "ringTimeout", "code", "message", "$type", "", "a",
        .. Samples.Names,
    ];

    private static readonly string[] Scraps =
        ["null", "true", "{}", "[]", "\"\"", "\"type\":", "\"callId\":\"a\",", "\\u0000", "\\ud800", ",", ":", "\"", "{", "}", "[", "]", "/*", "\ufeff"];

    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 300];

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Long.Select(number => $"{number}"),
        Gen.Double.Select(number => $"{number:R}"),
        Gen.Int[1, 2_000].Select(digits => new string('9', digits)),
        Gen.Int[1, 2_000].Select(digits => "-0." + new string('1', digits)),
        Gen.Int.Select(exponent => $"1e{exponent}"),
        Gen.Int[1, 400].Select(digits => "1E-" + new string('7', digits)));

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 5 ? Leaf! : Gen.Frequency(
        (4, Leaf!),
        (2, Gen.Select(Gen.OneOf(Words), inner).Array[0, 6].Select(Object)),
        (1, inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]"))));

    private static readonly Gen<byte[]> Valid = Messages.Any.Select(SignalingJson.Serialize);

    private static Gen<string> Leaf => Gen.Frequency(
        (3, Gen.OneOf(Words).Select(word => $"\"{word}\"")), (2, Number), (1, Gen.OneOf("null", "true", "false")));

    /// <summary>An object of the protocol's words, most of them with a type and a call id, so that the reader gets past the first look.</summary>
    private static Gen<byte[]> Objects => Gen.Select(Gen.OneOf(Samples.Names), Gen.Select(Gen.OneOf(Words), Json).Array[0, 8])
        .Select((type, members) => Utf8($"{{\"type\":\"{type}\",\"callId\":\"a\",{Object(members)[1..]}"));

    private static Gen<byte[]> Deep => Gen.Select(Gen.OneOf("[", "{\"a\":", "{\"calls\":[", "{\"from\":"), Gen.Int[1, 4_000], Gen.Bool)
        .Select((open, depth, inside) =>
        {
            var nested = string.Concat(Enumerable.Repeat(open, depth));
            return Utf8(inside ? $$"""{"type":"call:end","callId":"a","x":{{nested}}""" : nested);
        });

    private static Gen<byte[]> Numbers => Gen.Select(Gen.OneOf(Samples.Wires), Number, Gen.Int[0, 20])
        .Select((wire, number, at) => Utf8(WithNumber(wire, number, at)));

    private static Gen<byte[]> Damaged => Gen.Select(Valid, Damage.Array[1, 4]).Select((text, damages) =>
    {
        foreach (var damage in damages)
            text = damage(text);
        return text;
    });

    /// <summary>What is done to a text, in cuts and in what is put there.</summary>
    private static Gen<Func<byte[], byte[]>> Damage => Gen.OneOf(
        Change(Gen.Byte.Array[1], length: 1),
        Change(Gen.Byte.Array[0, 8], length: 20),
        Change(Gen.OneOf(Scraps).Select(Utf8), length: 0),
        Change(Valid.Select(other => other[(other.Length / 2)..]), length: int.MaxValue),
        Change(Number.Select(Utf8), length: 3));

    public static Gen<byte[]> Any { get; } = Gen.Frequency((3, Bytes), (3, Objects), (1, Json.Select(Utf8)), (1, Deep), (2, Numbers), (6, Damaged));

    private static Gen<Func<byte[], byte[]>> Change(Gen<byte[]> instead, int length) => Gen.Select(instead, Gen.UInt, Gen.Int[0, Math.Max(1, Math.Min(length, 4_096))])
        .Select((bytes, at, cut) => (Func<byte[], byte[]>)(text =>
        {
            var start = (int)(at % (uint)(text.Length + 1));
            var end = length == int.MaxValue ? text.Length : Math.Min(text.Length, start + Math.Min(cut, length));
            return [.. text[..start], .. bytes, .. text[end..]];
        }));

    /// <summary>The text with the <paramref name="at"/>th of its numbers, from 0 on and round, written as another.</summary>
    private static string WithNumber(string wire, string number, int at)
    {
        var places = Enumerable.Range(1, wire.Length - 1).Where(i => wire[i - 1] == ':' && char.IsAsciiDigit(wire[i])).ToArray();
        if (places.Length == 0)
            return wire.Replace("\"callId\":", $"\"seq\":{number},\"callId\":", StringComparison.Ordinal);
        var start = places[at % places.Length];
        var end = start;
        while (char.IsAsciiDigit(wire[end]) || wire[end] == '.')
            end++;
        return wire[..start] + number + wire[end..];
    }

    private static string Object((string Name, string Value)[] members)
        => $"{{{string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
