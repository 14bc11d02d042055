using Calls.Media.WebRtc;

namespace Calls.Benchmarks.Media;

/// <summary>Half a second of noise again and again: sound that costs nothing to make, and that no codec takes for silence.</summary>
/// <param name="isNarrow">Whether it can be had at 8 kHz too, as what a server plays to telephones can.</param>
internal sealed class Murmur(bool isNarrow) : IAudioInput
{
    private static readonly short[] Noise = Make();
    private int _at;

    public bool Gives(int sampleRate) => sampleRate == AudioFrame.SampleRate || isNarrow && sampleRate == 8_000;

    public int Read(Span<short> frame)
    {
        Noise.AsSpan(_at, frame.Length).CopyTo(frame);
        _at = (_at + frame.Length) % Noise.Length;
        return frame.Length;
    }

    public void Dispose()
    {
    }

    private static short[] Make()
    {
        Random random = new(1);
        var noise = new short[25 * AudioFrame.Samples];
        double last = 0;
        foreach (ref var sample in noise.AsSpan())
            sample = (short)(last = 0.9 * last + random.Next(-1_000, 1_000));
        return noise;
    }
}
