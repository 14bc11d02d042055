using System.Text;
using System.Text.Json;
using Calls.Tests.Properties;
using CsCheck;

namespace Calls.Protocol.Tests.Properties;

/// <summary>The messages of every call are read and written field by field. Nobody sees a difference to the serializer.</summary>
public sealed class CallMessageTextTests
{
    public static TheoryData<int> Kinds => new(Enumerable.Range(0, Messages.Kinds.Count));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_is_what_the_serializer_writes(int kind)
        => Messages.Kinds[kind].Sample(
            message =>
            {
                var buffer = new System.Buffers.ArrayBufferWriter<byte>();
                using (var json = new Utf8JsonWriter(buffer))
                    SignalingJson.Serialize(json, message);
                Encoding.UTF8.GetString(buffer.WrittenSpan).Should().Be(
                    JsonSerializer.Serialize(message, SignalingJsonContext.Default.SignalingMessage));
            },
            iter: FuzzRuns.At(cost: 20));

    [Fact]
    public void Whatever_is_read_field_by_field_the_serializer_reads_as_the_same()
    {
        var read = 0L;
        HostileTexts.Any.Sample(
            text =>
            {
                if (Quickly(text) is not { } quick)
                    return;
                Interlocked.Increment(ref read);
                Written(quick).Should().Be(Written(JsonSerializer.Deserialize(text, SignalingJsonContext.Default.SignalingMessage)!));
            },
            iter: FuzzRuns.At(),
            print: text => Convert.ToBase64String(text));
        read.Should().BePositive("a test that reads nothing tests little");
    }

    [Theory]
    [InlineData("""{"type":"call:initiate","callId":"a","seq":1,"chatId":"bob","video":true,"sdp":"v=0\r\n\u002B"}""")]
    [InlineData("""{"type":"call:answer","callId":"a","sdp":"v=0\r\n"}""")]
    [InlineData("""{"callId":"a","type":"call:ringing","seq":1}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","seq":2,"candidates":[{"candidate":"c","sdpMid":null,"sdpMLineIndex":0,"usernameFragment":"u"}]}""")]
    [InlineData(""" {"type":"call:ice-candidate","callId":"a","candidates":[{"candidate":""},{"candidate":"b"},{"candidate":"c"}]} """)]
    [InlineData("""{"type":"call:end","callId":"a"}""")]
    [InlineData("""{"type":"call:answer","sdp":"v=0\r\n","callId":"a","seq":1,"from":{"userId":"bob","deviceId":"d1","displayName":"Bob"}}""")]
    [InlineData("""{"type":"call:ringing","callId":"a","from":{"deviceId":"d1","userId":"bob","displayName":null}}""")]
    public void What_is_said_in_every_call_is_read_field_by_field(string text)
        => Written(CallMessageReader.Read(Encoding.UTF8.GetBytes(text))!).Should().Be(
            Written(JsonSerializer.Deserialize(text, SignalingJsonContext.Default.SignalingMessage)!));

    [Theory]
    [InlineData("""{"type":"call:end","callId":"a","callId":"a"}""")]
    [InlineData("""{"type":"call:end","callId":"a b"}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":1.5}""")]
    [InlineData("""{"type":"call:end","callId":"a","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:end","callId":"a","reason":"\ud800"}""")]
    [InlineData("""{"type":"call:answer","callId":"a"}""")]
    [InlineData("""{"type":"call:answer","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:initiate","callId":"a","sdp":"v=0"}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[null]}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{"sdpMid":"0"}]}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidate":{"candidate":"c"}}""")]
    [InlineData("""{"type":"call:end","callId":"a","from":{"userId":"bob"}}""")]
    [InlineData("""{"type":"call:end","callId":"a","from":null}""")]
    [InlineData("""{"type":"call:end","callId":"a","from":{"userId":"bob","deviceId":"d1","userId":"bob"}}""")]
    [InlineData("""{"type":"call:dance","callId":"a"}""")]
    [InlineData("""["type"]""")]
    public void Whatever_else_is_left_to_the_serializer(string text) => CallMessageReader.Read(Encoding.UTF8.GetBytes(text)).Should().BeNull();

    private static CallMessage? Quickly(byte[] text)
    {
        try
        {
            return System.Text.Unicode.Utf8.IsValid(text) ? CallMessageReader.Read(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Written(SignalingMessage message) => JsonSerializer.Serialize(message, SignalingJsonContext.Default.SignalingMessage);
}
