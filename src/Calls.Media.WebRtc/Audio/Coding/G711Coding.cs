namespace Calls.Media.WebRtc.Audio;

/// <summary>G.711 of 20 ms (RFC 3551, section 4.5.14).</summary>
internal sealed class G711Encoder(Func<short, byte> law) : IAudioEncoder
{
    private readonly Resampler _down = new(AudioFrame.SampleRate, 8_000);
    private readonly short[] _narrow = new short[Resampler.Room(AudioFrame.Samples, AudioFrame.SampleRate, 8_000)];

    public uint TimestampStep => 160;

    public int Encode(ReadOnlySpan<short> frame, Span<byte> payload)
    {
        var count = _down.Process(frame, _narrow);
        for (var i = 0; i < count; i++)
            payload[i] = law(_narrow[i]);
        return count;
    }

    public void Dispose()
    {
    }
}

/// <summary>Decodes G.711. A lost frame is the last one once more, ever softer.</summary>
internal sealed class G711Decoder(short[] law) : IAudioDecoder
{
    private const int MaximumPayload = IAudioDecoder.MaximumSamples / 6;
    private readonly Resampler _up = new(8_000, AudioFrame.SampleRate);
    private readonly short[] _narrow = new short[MaximumPayload];
    private readonly short[] _last = new short[160];
    private float _loudness = 1;

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        if (payload.Length is 0 or > MaximumPayload)
            return 0;
        for (var i = 0; i < payload.Length; i++)
            _narrow[i] = law[payload[i]];
        _loudness = 1;
        Remember(_narrow.AsSpan(0, payload.Length));
        return _up.Process(_narrow.AsSpan(0, payload.Length), samples);
    }

    public void Conceal(ReadOnlySpan<byte> next, Span<short> samples)
    {
        // Down to nothing in about 100 ms, without a step.
        var step = 0.2f / _last.Length;
        for (var i = 0; i < _last.Length; i++)
        {
            _narrow[i] = (short)(_last[i] * _loudness);
            _loudness = Math.Max(0, _loudness - step);
        }

        var count = _up.Process(_narrow.AsSpan(0, _last.Length), samples);
        samples[count..].Clear();
    }

    public void Dispose()
    {
    }

    private void Remember(ReadOnlySpan<short> narrow)
    {
        if (narrow.Length >= _last.Length)
        {
            narrow[^_last.Length..].CopyTo(_last);
            return;
        }

        _last.AsSpan(narrow.Length).CopyTo(_last);
        narrow.CopyTo(_last.AsSpan(_last.Length - narrow.Length));
    }
}
