namespace Calls.Media.WebRtc.Audio;

/// <summary>Samples between a device and the beat of the calls: where nobody reads, the oldest go; where nobody writes, there is less.</summary>
internal sealed class SampleRing(int capacity)
{
    private readonly short[] _samples = new short[capacity];
    private readonly Lock _gate = new();
    private int _begin;
    private int _count;

    /// <summary>How many samples are held.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    public void Write(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            if (samples.Length > capacity)
                samples = samples[^capacity..];
            var over = Math.Max(0, _count + samples.Length - capacity);
            (_begin, _count) = ((_begin + over) % capacity, _count - over);
            var end = (_begin + _count) % capacity;
            var first = Math.Min(samples.Length, capacity - end);
            samples[..first].CopyTo(_samples.AsSpan(end));
            samples[first..].CopyTo(_samples);
            _count += samples.Length;
        }
    }

    public int Read(Span<short> samples)
    {
        lock (_gate)
        {
            var count = Math.Min(samples.Length, _count);
            var first = Math.Min(count, capacity - _begin);
            _samples.AsSpan(_begin, first).CopyTo(samples);
            _samples.AsSpan(0, count - first).CopyTo(samples[first..]);
            (_begin, _count) = ((_begin + count) % capacity, _count - count);
            return count;
        }
    }
}
