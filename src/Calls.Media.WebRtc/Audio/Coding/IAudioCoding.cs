namespace Calls.Media.WebRtc.Audio;

/// <summary>Codes frames of 20 ms at the codec's own rate.</summary>
internal interface IAudioEncoder : IDisposable
{
    /// <summary>The samples a second that it takes.</summary>
    int SampleRate { get; }

    /// <summary>How far the timestamp goes with every frame.</summary>
    uint TimestampStep { get; }

    /// <summary>Codes a frame and returns how many bytes it takes; 0: it could not be coded.</summary>
    int Encode(ReadOnlySpan<short> frame, Span<byte> payload);
}

/// <summary>Decodes to the codec's own rate, one channel.</summary>
internal interface IAudioDecoder : IDisposable
{
    /// <summary>The longest sound of a packet: 120 ms, at the highest rate.</summary>
    const int MaximumSamples = 6 * AudioFrame.Samples;

    /// <summary>The samples a second that it gives.</summary>
    int SampleRate { get; }

    /// <summary>Decodes a packet and returns how many samples it has; 0: it is malformed.</summary>
    int Decode(ReadOnlySpan<byte> payload, Span<short> samples);

    /// <summary>Makes up a frame that is lost, from what came before and, where the codec can, from <paramref name="next"/>.</summary>
    /// <param name="next">The packet after the lost one; empty: it is not there either.</param>
    /// <param name="samples">Room for a frame, which is filled.</param>
    void Conceal(ReadOnlySpan<byte> next, Span<short> samples);
}

/// <summary>Makes the encoder and the decoder of what was agreed.</summary>
internal static class AudioCodecs
{
    /// <summary>The samples a second of a codec; null, no codec: 48,000.</summary>
    public static int SampleRateOf(string? name) => name is "PCMU" or "PCMA" ? 8_000 : AudioFrame.SampleRate;

    /// <summary>The encoder for the codec <paramref name="name"/>.</summary>
    public static IAudioEncoder CreateEncoder(string name) => name switch
    {
        "opus" => new OpusEncoder(),
        "PCMU" => new G711Encoder(G711.ToMuLaw),
        "PCMA" => new G711Encoder(G711.ToALaw),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This codec is not spoken."),
    };

    /// <summary>The decoder for the codec <paramref name="name"/>.</summary>
    public static IAudioDecoder CreateDecoder(string name) => name switch
    {
        "opus" => new OpusDecoder(),
        "PCMU" => new G711Decoder(G711.MuLaw),
        "PCMA" => new G711Decoder(G711.ALaw),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This codec is not spoken."),
    };
}
