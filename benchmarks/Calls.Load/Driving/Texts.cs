using System.Globalization;
using System.Text;

namespace Calls.Load;

/// <summary>What clients of a call say, as a browser would: descriptions of some 1.5 KB, candidates of some 130 bytes.</summary>
internal static class Texts
{
    private static readonly string Sdp = string.Concat(Enumerable.Repeat("a=rtpmap:111 opus/48000/2\\r\\na=rtcp-fb:111 transport-cc\\r\\n", 26));

    public static byte[] Initiate(string call, int callee)
        => Bytes($$"""{"type":"call:initiate","callId":"{{call}}","seq":1,"chatId":"u{{callee}}","video":false,"sdp":"{{Sdp}}"}""");

    public static byte[] Ringing(string call) => Bytes($$"""{"type":"call:ringing","callId":"{{call}}","seq":1}""");

    public static byte[] Answer(string call, int seq) => Bytes($$"""{"type":"call:answer","callId":"{{call}}","seq":{{seq}},"sdp":"{{Sdp}}"}""");

    public static byte[] Media(string call, int seq) => Bytes($$"""{"type":"call:media","callId":"{{call}}","seq":{{seq}},"muted":false,"video":"off","hold":false}""");

    public static byte[] End(string call, int seq) => Bytes($$"""{"type":"call:end","callId":"{{call}}","seq":{{seq}},"reason":"hangup"}""");

    public static byte[] Candidate(string call, int seq) => Bytes(
        "{\"type\":\"call:ice-candidate\",\"callId\":\"" + call + "\",\"seq\":" + seq.ToString(CultureInfo.InvariantCulture)
        + ",\"candidates\":[{\"candidate\":\"candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0\","
        + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":\"EsAw\"}]}");

    /// <summary>Whether a message is of a type; nothing else of it is read.</summary>
    public static bool Is(ReadOnlySpan<byte> message, ReadOnlySpan<byte> type) => message.IndexOf(type) is >= 0 and < 24;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
