using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Audio;

/// <summary>Codes frames and says with which timestamp they go; the timestamps go on over frames that are not sent. Not for several threads at once.</summary>
internal sealed class AudioSending : IDisposable
{
    private readonly Func<string, IAudioEncoder> _createEncoder;

    // Of the thread, which all calls share.
    [ThreadStatic]
    private static byte[]? sharedPayload;
    private RateChange _rate;
    private string? _codec;
    private IAudioEncoder? _encoder;
    private uint _timestamp;
    private bool _wasSilent = true;

    /// <param name="createEncoder">Makes the encoder of a codec; <see cref="AudioCodecs.CreateEncoder"/>.</param>
    public AudioSending(Func<string, IAudioEncoder> createEncoder) => _createEncoder = createEncoder;

    /// <summary>Codes a frame of 20 ms, of whatever rate. The payload is valid until the next call of this thread, to whichever.</summary>
    /// <returns>False where the encoder failed; the frame is then passed over.</returns>
    public bool Encode(string codec, ReadOnlySpan<short> frame, out ReadOnlySpan<byte> payload, out uint timestamp, out bool begins)
    {
        if (_codec != codec)
        {
            _encoder?.Dispose();
            (_codec, _encoder) = (codec, _createEncoder(codec));
        }

        (timestamp, begins) = (_timestamp, _wasSilent);
        _timestamp = unchecked(_timestamp + _encoder!.TimestampStep);
        var room = sharedPayload ??= new byte[1_276];
        payload = room.AsSpan(0, Encode(_encoder, frame, room));
        _wasSilent = payload.IsEmpty;
        return !payload.IsEmpty;
    }

    private int Encode(IAudioEncoder encoder, ReadOnlySpan<short> frame, Span<byte> room)
    {
        var length = encoder.SampleRate / AudioFrame.PerSecond;
        if (frame.Length == length)
            return encoder.Encode(frame, room);
        Span<short> changed = stackalloc short[length];
        _rate.Process(frame, changed);
        return encoder.Encode(changed, room);
    }

    /// <summary>Lets a frame's time pass in which nothing is sent.</summary>
    public void Pass()
    {
        _timestamp = unchecked(_timestamp + (_encoder?.TimestampStep ?? 0));
        _wasSilent = true;
    }

    /// <summary>Prepares <see cref="Encode(string, ReadOnlySpan{short}, out ReadOnlySpan{byte}, out uint, out bool)"/>; as <see cref="IPrefetched.Prefetch"/>.</summary>
    public void Prefetch(int step)
    {
        if (step == 0)
            CacheLines.Fetch(_encoder);
        _rate.Prefetch(step);
    }

    /// <summary>Lets go of the encoder.</summary>
    public void Dispose() => _encoder?.Dispose();
}
