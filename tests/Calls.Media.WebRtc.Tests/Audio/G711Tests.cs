using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc.Tests.Audio;

public class G711Tests
{
    private static readonly short[] Samples = [.. Enumerable.Range(short.MinValue, 1 << 16).Select(sample => (short)sample)];

    // As ITU-T G.711 tells it, a segment at a time.
    [Fact]
    public void Every_sample_has_the_code_of_the_recommendation()
    {
        foreach (var sample in Samples)
        {
            G711.ToMuLaw(sample).Should().Be(MuLaw(sample), "of {0}", sample);
            G711.ToALaw(sample).Should().Be(ALaw(sample), "of {0}", sample);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(1 << 16)]
    public void Many_samples_have_the_codes_of_each_and_nothing_is_written_behind_them(int count)
    {
        var samples = Samples.AsSpan(Samples.Length - count);
        var (mu, a) = (new byte[count + 1], new byte[count + 1]);
        mu[count] = a[count] = 0x77;
        G711.ToMuLaw(samples, mu);
        G711.ToALaw(samples, a);
        mu.Should().Equal([.. samples.ToArray().Select(G711.ToMuLaw), 0x77]);
        a.Should().Equal([.. samples.ToArray().Select(G711.ToALaw), 0x77]);
    }

    private static byte MuLaw(short sample)
    {
        var magnitude = Math.Min(Math.Abs((int)sample), 0x7F7B) + 0x84;
        var segment = 7;
        for (var limit = 0x4000; segment > 0 && magnitude < limit; limit >>= 1)
            segment--;
        return (byte)~(segment << 4 | magnitude >> segment + 3 & 0x0F | (sample < 0 ? 0x80 : 0));
    }

    private static byte ALaw(short sample)
    {
        var magnitude = (sample < 0 ? ~sample : sample) >> 3;
        var segment = 0;
        while (magnitude >> segment >= 0x20)
            segment++;
        var code = segment == 0 ? magnitude >> 1 : (segment << 4) + (magnitude >> segment & 0x0F);
        return (byte)((sample < 0 ? code : code | 0x80) ^ 0x55);
    }
}
