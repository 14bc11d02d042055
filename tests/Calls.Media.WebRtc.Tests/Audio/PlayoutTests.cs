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

    [Theory]
    [InlineData("PCMU", 8_000, 8_000)]
    [InlineData("PCMA", 8_000, 48_000)]
    [InlineData("PCMU", 48_000, 8_000)]
    [InlineData("opus", 8_000, 8_000)]
    [InlineData("opus", 48_000, 48_000)]
    public void Whatever_rate_either_device_has_the_tone_and_its_loudness_stay(string codec, int given, int taken)
    {
        if (codec == "opus" && !Opus.IsAvailable)
            return;
        using AudioSending sending = new(AudioCodecs.CreateEncoder);
        using AudioPlayout playout = new(AudioCodecs.CreateDecoder);
        using ToneInput tone = new(440);
        var (frame, played) = (new short[given / 50], new short[taken / 50]);
        List<short> heard = [];
        for (var i = 0; i < 100; i++)
        {
            tone.Read(frame);
            sending.Encode(codec, frame, out var payload, out var timestamp, out _).Should().BeTrue();
            playout.Add(codec, codec == "opus" ? 48_000 : 8_000, i, timestamp, payload, i * AudioFrame.Duration);
            playout.Read(played, i * AudioFrame.Duration);
            heard.AddRange(played);
        }

        playout.SampleRate.Should().Be(codec == "opus" ? 48_000 : 8_000);
        var late = heard.ToArray().AsSpan(taken);
        Tones.Strongest(late, taken).Should().Be(440);
        Tones.Strength(late, 440, taken).Should().BeApproximately(0.3 * short.MaxValue, 0.03 * short.MaxValue);
    }

    [Fact]
    public void The_rates_may_change_from_frame_to_frame()
    {
        using AudioSending sending = new(AudioCodecs.CreateEncoder);
        using AudioPlayout playout = new(AudioCodecs.CreateDecoder);
        using ToneInput tone = new(440);
        List<short> heard = [];
        for (var i = 0; i < 200; i++)
        {
            var isNarrow = i / 50 % 2 == 0;
            var (frame, played) = (new short[isNarrow ? 160 : 960], new short[isNarrow ? 960 : 160]);
            tone.Read(frame);
            sending.Encode("PCMU", frame, out var payload, out var timestamp, out _).Should().BeTrue();
            timestamp.Should().Be((uint)(160 * i));
            playout.Add("PCMU", 8_000, i, timestamp, payload, i * AudioFrame.Duration);
            playout.Read(played, i * AudioFrame.Duration);
            if (i is >= 110 and < 145)
                heard.AddRange(played);
        }

        playout.Buffer!.Concealed.Should().Be(0);
        Tones.Strongest(heard.ToArray()).Should().Be(440);
        Tones.Strength(heard.ToArray(), 440).Should().BeApproximately(0.3 * short.MaxValue, 0.03 * short.MaxValue);
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
