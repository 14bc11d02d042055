namespace Calls.Media.WebRtc;

/// <summary>The one form in which sound passes between an engine and its host: 20 ms of 16 bit samples, 48 kHz, one channel.</summary>
public static class AudioFrame
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 48_000;

    /// <summary>Samples of a frame.</summary>
    public const int Samples = 960;

    /// <summary>The time that a frame takes: 20 ms.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromMilliseconds(20);
}

/// <summary>Where an engine takes the sound that it sends: a microphone, a file, what a program makes.</summary>
/// <remarks>The engine calls <see cref="Read"/> from one thread at a time, every 20 ms while the call sends, and disposes of the input when the devices close.</remarks>
public interface IAudioInput : IDisposable
{
    /// <summary>Fills <paramref name="frame"/> with the next sound. Must not wait: it is called in the beat of all calls.</summary>
    /// <param name="frame"><see cref="AudioFrame.Samples"/> samples.</param>
    /// <returns>How many samples were there; the rest is sent as silence.</returns>
    int Read(Span<short> frame);
}

/// <summary>Where an engine gives the sound that it receives: a loudspeaker, a file, a program that listens.</summary>
/// <remarks>The engine calls <see cref="Write"/> from one thread at a time, every 20 ms from the first packet on, and disposes of the output when the call ends.</remarks>
public interface IAudioOutput : IDisposable
{
    /// <summary>Takes the next sound; what was lost on the way is concealed already. Must not wait.</summary>
    /// <param name="frame"><see cref="AudioFrame.Samples"/> samples; valid until the method returns.</param>
    void Write(ReadOnlySpan<short> frame);
}
