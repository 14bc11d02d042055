namespace Calls.Media.WebRtc.Tests.Audio;

/// <summary>Measures sound.</summary>
internal static class Tones
{
    /// <summary>The strongest frequency from 100 to 3,990 Hz, in steps of 10 Hz.</summary>
    public static double Strongest(ReadOnlySpan<short> samples, int sampleRate = AudioFrame.SampleRate)
    {
        var (best, strongest) = (0.0, 0.0);
        for (var frequency = 100; frequency < 4_000; frequency += 10)
        {
            var strength = Strength(samples, frequency, sampleRate);
            if (strength > strongest)
                (best, strongest) = (frequency, strength);
        }

        return best;
    }

    /// <summary>How strong one frequency is (Goertzel), as the amplitude of its sine.</summary>
    public static double Strength(ReadOnlySpan<short> samples, double frequency, int sampleRate = AudioFrame.SampleRate)
    {
        var factor = 2 * Math.Cos(2 * Math.PI * frequency / sampleRate);
        double one = 0, two = 0;
        foreach (var sample in samples)
            (one, two) = (sample + factor * one - two, one);
        return 2 * Math.Sqrt(Math.Max(0, one * one + two * two - factor * one * two)) / samples.Length;
    }

    /// <summary>The loudness as root of the mean square.</summary>
    public static double Loudness(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    /// <summary>The largest step from one sample to the next.</summary>
    public static int LargestStep(ReadOnlySpan<short> samples)
    {
        var largest = 0;
        for (var i = 1; i < samples.Length; i++)
            largest = Math.Max(largest, Math.Abs(samples[i] - samples[i - 1]));
        return largest;
    }
}
