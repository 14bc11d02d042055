namespace Calls.Media.WebRtc;

/// <summary>One coded VP8 picture (RFC 6386).</summary>
/// <param name="data"><see cref="Data"/>.</param>
/// <param name="timestamp"><see cref="Timestamp"/>.</param>
/// <param name="isKeyFrame"><see cref="IsKeyFrame"/>.</param>
public readonly ref struct VideoFrame(ReadOnlySpan<byte> data, TimeSpan timestamp, bool isKeyFrame)
{
    /// <summary>The coded picture, whole; at most 2 MiB.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>When it is shown, since the stream's begin.</summary>
    public TimeSpan Timestamp { get; } = timestamp;

    /// <summary>Whether it can be shown without another one.</summary>
    public bool IsKeyFrame { get; } = isKeyFrame;
}

/// <summary>Where an engine takes the coded pictures that it sends: an encoder, a file.</summary>
/// <remarks>The engine calls both methods from one thread at a time, and disposes of the input when the camera is turned off or the devices close.</remarks>
public interface IVideoInput : IDisposable
{
    /// <summary>The next picture, where it is due. Must not wait; asked every 10 to 20 ms, until it says no.</summary>
    /// <param name="elapsed">The time since the input was begun to be sent. A picture is due when its timestamp is not above it.</param>
    /// <param name="frame">The picture; valid until the next call.</param>
    bool TryRead(TimeSpan elapsed, out VideoFrame frame);

    /// <summary>The other side needs a key frame: the next picture should be one.</summary>
    void RequestKeyFrame();
}

/// <summary>Where an engine gives the coded pictures that it receives: a decoder, a file.</summary>
/// <remarks>The engine calls it from one thread at a time, on the pool, and disposes of the output when the call ends. While it takes its time, about a second's pictures wait; what
/// is more is lost, and the other side is asked for a key frame.</remarks>
public interface IVideoOutput : IDisposable
{
    /// <summary>Takes a picture. The first is a key frame; so is the first after one that was lost. Should not wait.</summary>
    /// <param name="frame">The picture; valid until the method returns.</param>
    void Write(VideoFrame frame);
}
