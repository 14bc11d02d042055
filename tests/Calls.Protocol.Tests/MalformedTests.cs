using System.Text;

namespace Calls.Protocol.Tests;

/// <summary>B22: what is no message is said to be none, in a sentence, and never throws.</summary>
public sealed class MalformedTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("\"call:end\"")]
    [InlineData("[]")]
    [InlineData("""[{"type":"call:end","callId":"a"}]""")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("""{"type":"call:end","callId":"a"} trailing""")]
    [InlineData("""{"type":"call:end","callId":"a"}{"type":"call:end","callId":"a"}""")]
    [InlineData("""{"type":"call:end","callId":"a",}""")]
    [InlineData("""{'type':'call:end','callId':'a'}""")]
    [InlineData("""/* no */{"type":"call:end","callId":"a"}""")]
    public void B22_text_that_is_no_json_object_is_refused(string json) => Reading.Error(json);

    [Theory]
    [InlineData("""{"callId":"a"}""")]
    [InlineData("""{"type":"call:teleport","callId":"a"}""")]
    [InlineData("""{"type":"CALL:END","callId":"a"}""")]
    [InlineData("""{"type":"","callId":"a"}""")]
    [InlineData("""{"type":null,"callId":"a"}""")]
    [InlineData("""{"type":1,"callId":"a"}""")]
    [InlineData("""{"type":["call:end"],"callId":"a"}""")]
    [InlineData("""{"$type":"call:end","callId":"a"}""")]
    [InlineData("""{"type":"call:end","type":"call:end","callId":"a"}""")]
    [InlineData("""{"type":"call:end","callId":"a","type":"call:answer","sdp":""}""")]
    public void B22_a_type_that_is_missing_unknown_or_twice_there_is_refused(string json) => Reading.Error(json);

    [Theory]
    [InlineData("""{"type":"call:end"}""")]
    [InlineData("""{"type":"call:end","callId":null}""")]
    [InlineData("""{"type":"call:end","callId":""}""")]
    [InlineData("""{"type":"call:end","callId":7}""")]
    [InlineData("""{"type":"call:end","callId":{}}""")]
    [InlineData("""{"type":"call:end","callId":"a b"}""")]
    [InlineData("""{"type":"call:end","callId":"a/b"}""")]
    [InlineData("""{"type":"call:end","callId":"ä"}""")]
    [InlineData("""{"type":"call:end","callId":"12345678901234567890123456789012345678901234567890123456789012345"}""")]
    [InlineData("""{"type":"call:resume","calls":[{"callId":"a b","received":1}]}""")]
    [InlineData("""{"type":"call:resume","calls":[{"received":1}]}""")]
    [InlineData("""{"type":"call:error","code":"x","callId":"a b"}""")]
    public void B22_a_call_id_that_is_missing_or_malformed_is_refused(string json) => Reading.Error(json);

    [Fact]
    public void A_call_id_of_64_characters_is_read()
        => Reading.Message<EndMessage>($$"""{"type":"call:end","callId":"{{new string('Z', 64)}}"}""").CallId.Value.Should().HaveLength(64);

    [Theory]
    [InlineData("""{"type":"call:answer","callId":"a"}""")]
    [InlineData("""{"type":"call:answer","callId":"a","sdp":null}""")]
    [InlineData("""{"type":"call:answer","callId":"a","sdp":1}""")]
    [InlineData("""{"type":"call:answer","callId":"a","sdp":{"type":"answer","sdp":"v=0"}}""")]
    [InlineData("""{"type":"call:initiate","callId":"a","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:initiate","callId":"a","chatId":null,"sdp":"v=0"}""")]
    [InlineData("""{"type":"call:initiate","callId":"a","chatId":"b","video":"yes","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:initiate","callId":"a","chatId":"b","video":null,"sdp":"v=0"}""")]
    [InlineData("""{"type":"call:offer","callId":"a","chatId":"b","sdp":"v=0","ageMs":"soon"}""")]
    [InlineData("""{"type":"call:negotiate","callId":"a","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:negotiate","callId":"a","sdp":"v=0","kind":"pranswer"}""")]
    [InlineData("""{"type":"call:negotiate","callId":"a","sdp":"v=0","kind":1}""")]
    [InlineData("""{"type":"call:negotiate","callId":"a","sdp":"v=0","kind":"99"}""")]
    [InlineData("""{"type":"call:negotiate","callId":"a","sdp":"v=0","kind":"offer,answer"}""")]
    [InlineData("""{"type":"call:media","callId":"a","video":1}""")]
    [InlineData("""{"type":"call:media","callId":"a","video":null}""")]
    [InlineData("""{"type":"call:media","callId":"a","muted":"no"}""")]
    [InlineData("""{"type":"call:error"}""")]
    [InlineData("""{"type":"call:resume","calls":null}""")]
    [InlineData("""{"type":"call:resume","calls":[null]}""")]
    [InlineData("""{"type":"call:resume","calls":{}}""")]
    [InlineData("""{"type":"call:resume","calls":[{"callId":"a"}]}""")]
    [InlineData("""{"type":"call:welcome","userId":"u","deviceId":"d","iceServers":[null]}""")]
    [InlineData("""{"type":"call:welcome","userId":"u","deviceId":"d","iceServers":[{"urls":[null]}]}""")]
    [InlineData("""{"type":"call:welcome","userId":null,"deviceId":"d"}""")]
    [InlineData("""{"type":"call:welcome","userId":"u","deviceId":"d","calls":[null]}""")]
    [InlineData("""{"type":"call:end","callId":"a","from":"bob"}""")]
    [InlineData("""{"type":"call:end","callId":"a","from":{"userId":"bob"}}""")]
    [InlineData("""{"type":"call:end","callId":"a","from":{"userId":null,"deviceId":"d"}}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":null}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[null]}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":["candidate:1"]}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{}]}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{"candidate":null}]}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidate":"candidate:1"}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidate":{"candidate":"x","sdpMLineIndex":"0"}}""")]
    public void B22_a_field_that_is_missing_or_of_the_wrong_kind_is_refused(string json) => Reading.Error(json);

    [Theory]
    [InlineData("""{"type":"call:end","callId":"a","seq":0}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":-1}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":1.5}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":1e300}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":2147483648}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":99999999999999999999999999999999999}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":"1"}""")]
    [InlineData("""{"type":"call:resume","calls":[{"callId":"a","received":-1}]}""")]
    [InlineData("""{"type":"call:offer","callId":"a","chatId":"b","sdp":"v=0","ageMs":-1}""")]
    [InlineData("""{"type":"call:offer","callId":"a","chatId":"b","sdp":"v=0","ringTimeoutMs":-1}""")]
    [InlineData("""{"type":"call:offer","callId":"a","chatId":"b","sdp":"v=0","ageMs":9223372036854775808}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{"candidate":"x","sdpMLineIndex":-1}]}""")]
    [InlineData("""{"type":"call:negotiate","callId":"a","sdp":"","kind":"offer","round":-1}""")]
    [InlineData("""{"type":"call:welcome","userId":"u","deviceId":"d","ringTimeout":-1}""")]
    [InlineData("""{"type":"call:welcome","userId":"u","deviceId":"d","ringTimeout":1e999}""")]
    [InlineData("""{"type":"call:welcome","userId":"u","deviceId":"d","expiresIn":-1}""")]
    [InlineData("""{"type":"call:welcome","userId":"u","deviceId":"d","expiresIn":1e999}""")]
    public void B22_a_number_outside_its_range_is_refused(string json) => Reading.Error(json);

    [Theory]
    [InlineData("""{"type":"call:end","callId":"a","callId":"b"}""")]
    [InlineData("""{"type":"call:answer","callId":"a","sdp":"one","sdp":"two"}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{"candidate":"x","candidate":"y"}]}""")]
    public void B22_a_field_that_is_there_twice_is_refused_because_two_readers_may_differ(string json) => Reading.Error(json);

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void X8_deep_nesting_is_refused(char open, char close)
    {
        foreach (var depth in (int[])[SignalingJson.MaxDepth, 1_000, 30_000])
        {
            var nested = open == '['
                ? new string(open, depth) + new string(close, depth)
                : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string(close, depth);

            Reading.Error($$"""{"type":"call:end","callId":"a","x":{{nested}}}""");
            Reading.Error(nested);
            Reading.Error(nested[..depth]);
        }
    }

    [Fact]
    public void X8_text_that_is_cut_at_any_byte_is_refused()
    {
        foreach (var sample in Samples.All)
        {
            var utf8 = SignalingJson.Serialize(sample.Message);
            for (var length = 0; length < utf8.Length; length++)
                Reading.Error(utf8.AsSpan(0, length));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    public void X8_utf8_that_is_none_is_refused(byte[] bad)
    {
        Reading.Error([.. "{\"type\":\"call:answer\",\"callId\":\"a\",\"sdp\":\""u8, .. bad, .. "\"}"u8]);
        Reading.Error([.. "{\"type\":\"call:answer\",\"callId\":\"a\",\"sdp\":\"\",\""u8, .. bad, .. "\":1}"u8]);
        Reading.Error([.. bad, .. "{\"type\":\"call:end\",\"callId\":\"a\"}"u8]);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    public void X8_half_a_surrogate_pair_is_refused(string escaped)
        => Reading.Error($$"""{"type":"call:answer","callId":"a","sdp":"{{escaped}}"}""");

    [Fact]
    public void X8_the_error_repeats_nothing_of_what_the_message_held()
    {
        foreach (var json in (string[])
        [
            """{"type":"call:s3cr3t"}""",
            """{"type":"call:end","callId":"s3cr3t !"}""",
            """{"type":"call:answer","callId":"a","sdp":s3cr3t}""",
            """{"type":"call:negotiate","callId":"a","sdp":"","kind":"s3cr3t"}""",
            """{"type":"call:end","callId":"a","x":{"s3cr3t":s}}""",
        ])
        {
            Reading.Error(json).Should().NotContain("s3cr3t");
        }
    }

    [Fact]
    public void X8_a_message_of_64_kib_of_braces_is_refused_quickly()
        => Reading.Error(Encoding.ASCII.GetBytes(new string('{', 64 * 1024)));
}
