using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc.Tests.Audio;

public class PlayoutTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_tone_over_a_lossy_line_is_heard_as_that_tone(int lostOfHundred)
    {
        Random random = new(lostOfHundred);
        using AudioSending sending = new(AudioCodecs.CreateEncoder);
        using AudioPlayout playout = new(AudioCodecs.CreateDecoder);
        using ToneInput tone = new(440);
        var codec = Opus.IsAvailable ? "opus" : "PCMU";
        var frame = new short[AudioFrame.Samples];
        List<short> heard = [];
        for (var i = 0; i < 300; i++)
        {
            var now = i * AudioFrame.Duration;
            tone.Read(frame);
            sending.Encode(codec, frame, out var payload, out var timestamp, out var begins).Should().BeTrue();
            begins.Should().Be(i == 0);
            if (random.Next(100) >= lostOfHundred)
                playout.Add(codec, codec == "opus" ? 48_000 : 8_000, 1_000 + i, timestamp, payload, now);
            playout.Read(frame, now);
            heard.AddRange(frame);
        }

        var late = heard.ToArray().AsSpan(50 * AudioFrame.Samples);
        Tones.Strongest(late).Should().Be(440);
        playout.Buffer!.Concealed.Should().BeLessThanOrEqualTo(3 * lostOfHundred * 2);
    }

    [Fact]
    public void Before_and_long_after_the_stream_there_is_silence()
    {
        using AudioPlayout playout = new(AudioCodecs.CreateDecoder);
        var frame = new short[AudioFrame.Samples];
        frame.AsSpan().Fill(99);
        playout.Read(frame, default).Should().BeFalse();
        frame.Should().OnlyContain(sample => sample == 0);
        for (var i = 0; i < 10; i++)
            playout.Add("PCMU", 8_000, i, (uint)i * 160, new byte[160], default);
        var heard = 0;
        for (var i = 0; i < 100; i++)
            heard += playout.Read(frame, TimeSpan.FromSeconds(1) + i * AudioFrame.Duration) ? 1 : 0;
        heard.Should().BeInRange(10, 25);
    }

    [Fact]
    public void Packets_of_60_ms_are_three_frames_each()
    {
        using AudioPlayout playout = new(AudioCodecs.CreateDecoder);
        var frame = new short[AudioFrame.Samples];
        var heard = 0;
        for (var i = 0; i < 90; i++)
        {
            var now = i * AudioFrame.Duration;
            if (i % 3 == 0)
                playout.Add("PCMA", 8_000, i / 3, (uint)i * 160, Enumerable.Repeat((byte)0xAA, 480).ToArray(), now);
            playout.Read(frame, now);
            heard += frame[500] > 30_000 ? 1 : 0;
        }

        heard.Should().BeGreaterThan(80);
        playout.Buffer!.Concealed.Should().BeLessThan(3);
    }

    [Fact]
    public void The_codec_may_change_in_a_call()
    {
        using AudioPlayout playout = new(AudioCodecs.CreateDecoder);
        var frame = new short[AudioFrame.Samples];
        foreach (var codec in (string[])["PCMU", "PCMA"])
        {
            for (var i = 0; i < 20; i++)
            {
                playout.Add(codec, 8_000, i, (uint)i * 160, new byte[160], i * AudioFrame.Duration);
                playout.Read(frame, i * AudioFrame.Duration);
            }
        }

        frame.Should().Contain(sample => sample != 0);
    }
}
