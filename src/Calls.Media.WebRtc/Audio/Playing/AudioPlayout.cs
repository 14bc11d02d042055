using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Audio;

/// <summary>
/// What comes as packets goes out as frames of 20 ms, one for each call of <see cref="Read"/>: decoded, in order, and without a hole. Changes its decoder where the
/// codec changes. Not for several threads at once.
/// </summary>
internal sealed class AudioPlayout : IDisposable
{
    private readonly Func<string, IAudioDecoder> _createDecoder;
    private RateChange _rate;

    // What is decoded now is of the thread, which all calls share.
    [ThreadStatic]
    private static short[]? sharedSound;

    // What of a packet of more than 20 ms is not played yet, at the decoder's rate.
    private short[] _rest = [];
    private int _count;
    private string? _codec;
    private IAudioDecoder? _decoder;
    private JitterBuffer? _buffer;

    /// <param name="createDecoder">Makes the decoder of a codec; <see cref="AudioCodecs.CreateDecoder"/>.</param>
    public AudioPlayout(Func<string, IAudioDecoder> createDecoder) => _createDecoder = createDecoder;

    /// <summary>Whether a packet has come.</summary>
    public bool HasBegun => _buffer is not null;

    /// <summary>The samples a second of what is decoded; 48,000 before anything has come.</summary>
    public int SampleRate => _decoder?.SampleRate ?? AudioFrame.SampleRate;

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

    /// <summary>Fills the next 20 ms, of whatever rate; false where nothing was heard for a while: the frame is silence then.</summary>
    public bool Read(Span<short> frame, TimeSpan now)
    {
        if (_buffer is null || _decoder is null)
        {
            frame.Clear();
            return false;
        }

        var isHeard = true;
        var room = LongestPacket + Frame;
        var sound = (sharedSound?.Length >= room ? sharedSound : sharedSound = new short[room]).AsSpan(0, room);
        _rest.AsSpan(0, _count).CopyTo(sound);
        while (_count < Frame)
        {
            var output = _buffer.Take(now, out var payload);
            isHeard &= output != JitterOutput.Wait;
            _count += Play(output, payload, sound[_count..]);
        }

        _rate.Process(sound[..Frame], frame);
        Keep(sound[Frame.._count]);
        return isHeard;
    }

    /// <summary>Prepares <see cref="Add"/> and <see cref="Read"/>; as <see cref="IPrefetched.Prefetch"/>.</summary>
    public void Prefetch(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(_buffer, lines: 2);
            CacheLines.Fetch(_decoder);
            return;
        }

        _buffer?.Prefetch(step - 1);
    }

    /// <summary>Lets go of the decoder.</summary>
    public void Dispose() => _decoder?.Dispose();

    private int Frame => SampleRate / AudioFrame.PerSecond;

    private int LongestPacket => IAudioDecoder.MaximumSamples / AudioFrame.Samples * Frame;

    private void Keep(ReadOnlySpan<short> rest)
    {
        _count = rest.Length;
        if (_rest.Length < rest.Length)
            _rest = new short[LongestPacket];
        rest.CopyTo(_rest);
    }

    private int Play(JitterOutput output, ReadOnlySpan<byte> payload, Span<short> room)
    {
        if (output == JitterOutput.Packet)
        {
            var count = _decoder!.Decode(payload, room[..LongestPacket]);
            if (count > 0)
            {
                _buffer!.Lasted(count, SampleRate);
                return count;
            }
        }

        var frame = room[..Frame];
        if (output is JitterOutput.Wait or JitterOutput.Silence)
            frame.Clear();
        else
            _decoder!.Conceal(output == JitterOutput.Lost ? payload : [], frame);
        return Frame;
    }
}
