using System.Text;
using System.Text.Json;
using Calls.Protocol.Tests;
using Calls.Protocol.Tests.Properties;
using Calls.Tests.Properties;
using CsCheck;

namespace Calls.Signaling.Server.Tests;

/// <summary>The first look at what a suspect sends: it refuses nothing that the reader would take, and little is left for the reader to refuse by an exception.</summary>
public sealed class SuspectTextTests
{
    [Fact]
    public void X8_what_is_hopeless_no_reader_takes()
    {
        long hopeless = 0, refused = 0;
        HostileTexts.Any.Sample(
            text =>
            {
                var isHopeless = SuspectText.IsHopeless(text);
                if (SignalingJson.TryParse(text, out _, out _))
                {
                    isHopeless.Should().BeFalse();
                    return;
                }

                Interlocked.Increment(ref refused);
                if (isHopeless)
                    Interlocked.Increment(ref hopeless);
            },
            iter: FuzzRuns.At(),
            print: Convert.ToBase64String);
        hopeless.Should().BeGreaterThan(refused * 9 / 10);
    }

    [Fact]
    public void X8_what_is_json_is_told_as_the_runtime_tells_it()
        => HostileTexts.Any.Sample(
            text => JsonText.IsObject(text, SignalingJson.MaxDepth, out _).Should().Be(IsObject(text)),
            iter: FuzzRuns.At(),
            print: Convert.ToBase64String);

    [Fact]
    public void Nothing_that_the_protocol_says_is_hopeless()
    {
        foreach (var sample in Samples.All)
            SuspectText.IsHopeless(Encoding.UTF8.GetBytes(sample.Wire)).Should().BeFalse(sample.Wire);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\u007b")]
    [InlineData("""{"type":"call:end"}""")]
    [InlineData("""{"type":"call:end","callId":"a","callId":"a"}""")]
    [InlineData("""{"type":"call:end","callId":"a b"}""")]
    [InlineData("""{"type":"call:end","callId":"a","reason":"x}""")]
    [InlineData("""{"type":"call:end","callId":"a","reason":7}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":99999999999}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":01}""")]
    [InlineData("""{"type":"call:end","callId":"a","seq":1.}""")]
    [InlineData("""{"type":"call:end","callId":"a","from":{"userId":"u"},}""")]
    [InlineData("""{"type":"call:end","callId":"a","unknown":"\x"}""")]
    [InlineData("""{"type":"call:end","callId":"a","unknown":"\u12G4"}""")]
    [InlineData("""{"type":"call:end","callId":"a","unknown":[[[[[[[[]]]]]]]]}""")]
    [InlineData("""{"type":"call:end","callId":"a"}{""")]
    [InlineData("""{"type":"call:dance","callId":"a"}""")]
    [InlineData("""{"type":7,"callId":"a"}""")]
    [InlineData("""{"callId":"a"}""")]
    [InlineData("""{"type":"call:initiate","callId":"a","chatId":"b","sdp":"c","video":7}""")]
    [InlineData("""{"type":"call:media","callId":"a","video":7}""")]
    [InlineData("""{"type":"call:negotiate","callId":"a","kind":[]}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":{}}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"a","candidates":[{"candidate":1}]}""")]
    [InlineData("""{"type":"call:resume","calls":[{"callId":"a b","received":-1}]}""")]
    public void X8_common_garbage_is_told_at_the_first_look(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        SuspectText.IsHopeless(utf8).Should().BeTrue();
        SignalingJson.TryParse(utf8, out _, out _).Should().BeFalse();
    }

    private static bool IsObject(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = SignalingJson.MaxDepth });
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
