namespace Calls.Media.WebRtc.Audio;

/// <summary>Turns samples into as many codes.</summary>
internal delegate void G711Law(ReadOnlySpan<short> samples, Span<byte> codes);

/// <summary>G.711 of 20 ms (RFC 3551, section 4.5.14).</summary>
internal sealed class G711Encoder(G711Law law) : IAudioEncoder
{
    public int SampleRate => 8_000;

    public uint TimestampStep => 160;

    public int Encode(ReadOnlySpan<short> frame, Span<byte> payload)
    {
        law(frame, payload[..frame.Length]);
        return frame.Length;
    }

    public void Dispose()
    {
    }
}

/// <summary>Decodes G.711. A lost frame is the last one once more, ever softer.</summary>
internal sealed class G711Decoder(short[] law) : IAudioDecoder
{
    private const int MaximumPayload = IAudioDecoder.MaximumSamples / 6;
    private readonly byte[] _last = Silence(law);
    private float _loudness = 1;

    public int SampleRate => 8_000;

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        if (payload.Length is 0 or > MaximumPayload)
            return 0;
        samples = samples[..payload.Length];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = law[payload[i]];
        _loudness = 1;
        Remember(payload);
        return samples.Length;
    }

    public void Conceal(ReadOnlySpan<byte> next, Span<short> samples)
    {
        // Down to nothing in about 100 ms, without a step.
        var step = 0.2f / _last.Length;
        var made = samples[.._last.Length];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = (short)(law[_last[i]] * _loudness);
            _loudness = Math.Max(0, _loudness - step);
        }

        samples[made.Length..].Clear();
    }

    public void Dispose()
    {
    }

    // As codes, which are half as long as what they mean.
    private void Remember(ReadOnlySpan<byte> payload)
    {
        if (payload.Length >= _last.Length)
        {
            payload[^_last.Length..].CopyTo(_last);
            return;
        }

        _last.AsSpan(payload.Length).CopyTo(_last);
        payload.CopyTo(_last.AsSpan(_last.Length - payload.Length));
    }

    private static byte[] Silence(short[] law)
    {
        var codes = new byte[160];
        codes.AsSpan().Fill((byte)Array.IndexOf(law, law.MinBy(sample => Math.Abs((int)sample))));
        return codes;
    }
}
