namespace Calls.Media.WebRtc.Audio;

/// <summary>
/// What comes as packets goes out as frames of 20 ms, one for each call of <see cref="Read"/>: decoded, in order, and without a hole. Changes its decoder where the
/// codec changes. Not for several threads at once.
/// </summary>
internal sealed class AudioPlayout : IDisposable
{
    private readonly Func<string, IAudioDecoder> _createDecoder;
    private readonly short[] _sound = new short[IAudioDecoder.MaximumSamples + AudioFrame.Samples];
    private int _count;
    private string? _codec;
    private IAudioDecoder? _decoder;
    private JitterBuffer? _buffer;

    /// <param name="createDecoder">Makes the decoder of a codec; <see cref="AudioCodecs.CreateDecoder"/>.</param>
    public AudioPlayout(Func<string, IAudioDecoder> createDecoder) => _createDecoder = createDecoder;

    /// <summary>Whether a packet has come.</summary>
    public bool HasBegun => _buffer is not null;

    /// <summary>The buffer; null: nothing has come yet.</summary>
    public JitterBuffer? Buffer => _buffer;

    /// <summary>Takes a packet of the codec <paramref name="codec"/>, whose timestamps have <paramref name="clockRate"/> ticks a second.</summary>
    public void Add(string codec, int clockRate, long number, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (_codec != codec)
        {
            _decoder?.Dispose();
            (_codec, _decoder, _buffer, _count) = (codec, _createDecoder(codec), new JitterBuffer(clockRate), 0);
        }

        _buffer!.Add(number, timestamp, payload, now);
    }

    /// <summary>Fills the next frame; false where nothing was heard for a while: the frame is silence then.</summary>
    public bool Read(Span<short> frame, TimeSpan now)
    {
        var isHeard = true;
        while (_count < AudioFrame.Samples)
        {
            var room = _sound.AsSpan(_count);
            if (_buffer is null || _decoder is null)
            {
                isHeard = false;
                room[..AudioFrame.Samples].Clear();
                _count += AudioFrame.Samples;
                continue;
            }

            var output = _buffer.Take(now, out var payload);
            isHeard &= output != JitterOutput.Wait;
            _count += Play(output, payload, room);
        }

        _sound.AsSpan(0, AudioFrame.Samples).CopyTo(frame);
        _count -= AudioFrame.Samples;
        _sound.AsSpan(AudioFrame.Samples, _count).CopyTo(_sound);
        return isHeard;
    }

    /// <summary>Lets go of the decoder.</summary>
    public void Dispose() => _decoder?.Dispose();

    private int Play(JitterOutput output, ReadOnlySpan<byte> payload, Span<short> room)
    {
        if (output == JitterOutput.Packet)
        {
            var count = _decoder!.Decode(payload, room[..IAudioDecoder.MaximumSamples]);
            if (count > 0)
            {
                _buffer!.Lasted(count);
                return count;
            }
        }

        var frame = room[..AudioFrame.Samples];
        if (output is JitterOutput.Wait or JitterOutput.Silence)
            frame.Clear();
        else
            _decoder!.Conceal(output == JitterOutput.Lost ? payload : [], frame);
        return AudioFrame.Samples;
    }
}
