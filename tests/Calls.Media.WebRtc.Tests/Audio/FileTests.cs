using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Tests.Audio;

public class FileTests
{
    [Fact]
    public void What_is_recorded_is_played_again()
    {
        var (recorded, frame) = (new List<short>(), new short[AudioFrame.Samples]);
        using ToneInput tone = new();
        MemoryStream stream = new();
        using (WavWriter writer = new(stream))
        {
            for (var i = 0; i < 10; i++)
            {
                tone.Read(frame);
                writer.Write(frame);
                recorded.AddRange(frame);
            }

            writer.Duration.Should().Be(TimeSpan.FromMilliseconds(200));
        }

        using WavReader reader = new(stream.ToArray(), repeats: false);
        reader.Duration.Should().Be(TimeSpan.FromMilliseconds(200));
        List<short> played = [];
        while (reader.Read(frame) is > 0 and var count)
            played.AddRange(frame.AsSpan(0, count));
        played.Should().Equal(recorded);
        reader.IsAtEnd.Should().BeTrue();
    }

    [Fact]
    public void A_stereo_file_of_another_rate_is_mixed_and_turned_into_48_kHz()
    {
        var samples = Enumerable.Range(0, 16_000).SelectMany(i => new[] { (short)(20_000 * Math.Sin(2 * Math.PI * 500 * i / 16_000)), (short)0 }).ToArray();
        using WavReader reader = new(Wav(2, 16_000, 16, samples), repeats: true);
        reader.Duration.Should().BeCloseTo(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1));
        var frame = new short[AudioFrame.SampleRate / 2];
        reader.Read(frame).Should().Be(frame.Length);
        reader.Read(frame).Should().Be(frame.Length, "it begins anew");
        Tones.Strongest(frame).Should().Be(500);
        Tones.Strength(frame, 500).Should().BeApproximately(10_000, 300);
    }

    [Fact]
    public void A_file_of_8_kHz_is_given_as_it_is_too_from_where_it_was_read_to()
    {
        var samples = Enumerable.Range(0, 16_000).Select(i => (short)(10_000 * Math.Sin(2 * Math.PI * 500 * i / 8_000))).ToArray();
        using WavReader reader = new(Wav(1, 8_000, 16, samples), repeats: true);
        (reader.Gives(8_000), reader.Gives(48_000), reader.Gives(16_000)).Should().Be((true, true, false));
        reader.Duration.Should().Be(TimeSpan.FromSeconds(2));
        var (narrow, wide) = (new short[160], new short[960]);
        for (var i = 0; i < 200; i++)
        {
            reader.Read(narrow).Should().Be(160);
            narrow.Should().Equal(samples.AsSpan(i % 100 * 160, 160).ToArray());
            if (i % 2 == 0)
                continue;
            reader.Read(wide).Should().Be(960);
            Tones.Strength(wide, 500).Should().BeApproximately(10_000, 2_000);
            for (var j = 0; j < 99; j++)
                reader.Read(narrow).Should().Be(160);
        }

        using WavReader once = new(Wav(1, 8_000, 16, samples[..400]), repeats: false);
        (once.Read(narrow), once.Read(wide), once.Read(narrow), once.IsAtEnd).Should().Be((160, 960, 80, true));
        using WavReader other = new(Wav(1, 16_000, 16, samples), repeats: false);
        other.Gives(8_000).Should().BeFalse();
    }

    [Fact]
    public void A_file_that_cannot_be_played_is_refused()
    {
        var good = Wav(1, 48_000, 16, [1, 2, 3]);
        byte[][] bad = [[], good[..11], good[..36], Wav(1, 48_000, 8, [1]), Wav(0, 48_000, 16, [1]), Wav(1, 0, 16, [1]), Wav(1, 44_101, 16, [1])];
        foreach (var file in bad)
            FluentActions.Invoking(() => new WavReader(file, repeats: false)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void A_mangled_file_is_played_or_refused_and_nothing_else()
    {
        var good = Wav(1, 8_000, 16, new short[200]);
        Fuzz.Run(share: 50, (random, _) =>
        {
            var file = good.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
                file[random.Next(44)] = (byte)random.Next(256);
            try
            {
                new WavReader(file, repeats: false).Read(new short[AudioFrame.Samples]);
            }
            catch (InvalidDataException)
            {
                // A refusal is what a mangled file may expect.
            }
        });
    }

    [Fact]
    public void A_file_without_a_sample_is_silence() => new WavReader(Wav(1, 48_000, 16, []), repeats: true).Read(new short[10]).Should().Be(0);

    private static byte[] Wav(short channels, int rate, short bits, short[] samples)
    {
        var file = new byte[44 + samples.Length * 2];
        "RIFF"u8.CopyTo(file);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), bits);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * 2);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + 2 * i), samples[i]);
        return file;
    }
}
