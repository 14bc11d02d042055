using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc.Tests.Audio;

public class CodecTests
{
    public static TheoryData<string> Codecs => Opus.IsAvailable ? new("PCMU", "PCMA", "opus") : new("PCMU", "PCMA");

    [Theory]
    [MemberData(nameof(Codecs))]
    public void A_tone_is_the_same_tone_at_the_other_end(string name)
    {
        using var encoder = AudioCodecs.CreateEncoder(name);
        using var decoder = AudioCodecs.CreateDecoder(name);
        using ToneInput tone = new(440, 0.3);
        var rate = encoder.SampleRate;
        var (frame, payload, sound) = (new short[rate / 50], new byte[1_276], new short[IAudioDecoder.MaximumSamples]);
        List<short> heard = [];
        for (var i = 0; i < 50; i++)
        {
            tone.Read(frame);
            var length = encoder.Encode(frame, payload);
            length.Should().BePositive();
            heard.AddRange(sound.AsSpan(0, decoder.Decode(payload.AsSpan(0, length), sound)));
        }

        decoder.SampleRate.Should().Be(rate).And.Be(AudioCodecs.SampleRateOf(name));
        heard.Should().HaveCount(rate);
        var late = heard.ToArray().AsSpan(10 * frame.Length);
        Tones.Strongest(late, rate).Should().Be(440);
        Tones.Strength(late, 440, rate).Should().BeApproximately(0.3 * short.MaxValue, 0.06 * short.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void What_is_lost_is_made_up_without_a_crack_and_fades(string name)
    {
        using var encoder = AudioCodecs.CreateEncoder(name);
        using var decoder = AudioCodecs.CreateDecoder(name);
        using ToneInput tone = new(400, 0.3);
        var length = encoder.SampleRate / 50;
        var (frame, payload, sound) = (new short[length], new byte[1_276], new short[IAudioDecoder.MaximumSamples]);
        List<short> heard = [];
        for (var i = 0; i < 60; i++)
        {
            tone.Read(frame);
            var coded = encoder.Encode(frame, payload);
            if (i < 20)
            {
                heard.AddRange(sound.AsSpan(0, decoder.Decode(payload.AsSpan(0, coded), sound)));
                continue;
            }

            decoder.Conceal([], sound.AsSpan(0, length));
            heard.AddRange(sound.AsSpan(0, length));
        }

        var all = heard.ToArray();
        Tones.Loudness(all.AsSpan(20 * length, length)).Should().BeGreaterThan(0.4 * Tones.Loudness(all.AsSpan(18 * length, length)));
        Tones.Loudness(all.AsSpan(50 * length)).Should().BeLessThan(300);
        Tones.LargestStep(all.AsSpan(5 * length)).Should().BeLessThan(name == "opus" ? 3_000 : 3_500);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Nothing_is_allocated_per_frame(string name)
    {
        using var encoder = AudioCodecs.CreateEncoder(name);
        using var decoder = AudioCodecs.CreateDecoder(name);
        using ToneInput tone = new();
        var (frame, payload, sound) = (new short[encoder.SampleRate / 50], new byte[1_276], new short[IAudioDecoder.MaximumSamples]);
        Turn(50);
        Allocated.By(() => Turn(200)).Should().Be(0);

        void Turn(int frames)
        {
            for (var i = 0; i < frames; i++)
            {
                tone.Read(frame);
                var length = encoder.Encode(frame, payload);
                decoder.Decode(payload.AsSpan(0, length), sound);
                decoder.Conceal([], sound.AsSpan(0, frame.Length));
            }
        }
    }

    [Fact]
    public void The_laws_are_those_of_G711()
    {
        // The ends of the scales, and silence, as ITU-T G.711 has them.
        (G711.ToMuLaw(0), G711.ToMuLaw(short.MaxValue), G711.ToMuLaw(short.MinValue)).Should().Be(((byte)0xFF, (byte)0x80, (byte)0x00));
        (G711.ToALaw(0), G711.ToALaw(short.MaxValue), G711.ToALaw(short.MinValue)).Should().Be(((byte)0xD5, (byte)0xAA, (byte)0x2A));
        (G711.MuLaw[0x80], G711.MuLaw[0x00], G711.MuLaw[0xFF]).Should().Be(((short)32_124, (short)-32_124, (short)0));
        (G711.ALaw[0xAA], G711.ALaw[0x2A], G711.ALaw[0xD5]).Should().Be(((short)32_256, (short)-32_256, (short)8));
    }

    [Fact]
    public void Every_code_is_the_code_of_its_own_sample_and_every_sample_is_near_its_code()
    {
        for (var code = 0; code < 256; code++)
        {
            G711.ToALaw(G711.ALaw[code]).Should().Be((byte)code);
            // 0x7F and 0xFF are both nothing.
            G711.ToMuLaw(G711.MuLaw[code]).Should().Be((byte)(code == 0x7F ? 0xFF : code));
        }

        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            var most = Math.Max(16, Math.Abs(sample) / 16);
            Math.Abs(G711.MuLaw[G711.ToMuLaw((short)sample)] - sample).Should().BeLessThanOrEqualTo(Math.Abs(sample) > 32_124 ? 650 : most);
            Math.Abs(G711.ALaw[G711.ToALaw((short)sample)] - sample).Should().BeLessThanOrEqualTo(most);
        }
    }

    [Theory]
    [InlineData(48_000, 8_000)]
    [InlineData(8_000, 48_000)]
    [InlineData(44_100, 48_000)]
    [InlineData(16_000, 48_000)]
    [InlineData(48_000, 16_000)]
    [InlineData(192_000, 48_000)]
    [InlineData(16_000, 192_000)]
    [InlineData(8_000, 8_000)]
    public void A_stream_of_another_rate_has_the_same_length_and_tone_however_it_is_cut(int from, int to)
    {
        var tone = Enumerable.Range(0, from).Select(i => (short)(10_000 * Math.Sin(2 * Math.PI * 1_000 * i / from))).ToArray();
        Resampler whole = new(from, to), cut = new(from, to);
        var (once, pieces) = (new short[to + 1], new short[to + 1]);
        var count = whole.Process(tone, once);
        count.Should().BeInRange(to - 1, to);
        var (at, cutCount) = (0, 0);
        Random random = new(3);
        while (at < tone.Length)
        {
            var piece = Math.Min(random.Next(0, 700), tone.Length - at);
            cutCount += cut.Process(tone.AsSpan(at, piece), pieces.AsSpan(cutCount));
            at += piece;
        }

        cutCount.Should().Be(count);
        pieces.Should().Equal(once);
        var middle = once.AsSpan(to / 4, to / 2);
        Tones.Strength(middle, 1_000.0 * AudioFrame.SampleRate / to).Should().BeApproximately(10_000, 150);
    }

    [Fact]
    public void What_a_narrow_line_cannot_carry_is_left_out_rather_than_folded()
    {
        using AudioSending sending = new(AudioCodecs.CreateEncoder);
        using var decoder = AudioCodecs.CreateDecoder("PCMU");
        using ToneInput high = new(6_000, 0.5);
        var (frame, sound) = (new short[AudioFrame.Samples], new short[IAudioDecoder.MaximumSamples]);
        for (var i = 0; i < 10; i++)
        {
            high.Read(frame);
            sending.Encode("PCMU", frame, out var payload, out _, out _).Should().BeTrue();
            decoder.Decode(payload, sound).Should().Be(160);
        }

        Tones.Loudness(sound.AsSpan(0, 160)).Should().BeLessThan(0.01 * short.MaxValue);
    }

    [Fact]
    public void Whatever_comes_a_decoder_takes_it_or_leaves_it()
    {
        foreach (var name in Opus.IsAvailable ? new[] { "PCMU", "opus" } : ["PCMU"])
        {
            using var decoder = AudioCodecs.CreateDecoder(name);
            var sound = new short[IAudioDecoder.MaximumSamples];
            Fuzz.Run(share: 50, (random, _) =>
            {
                var payload = new byte[random.Next(0, 1_400)];
                random.NextBytes(payload);
                decoder.Decode(payload, sound).Should().BeInRange(0, sound.Length);
                decoder.Conceal(payload, sound.AsSpan(0, decoder.SampleRate / 50));
            });
        }
    }
}
