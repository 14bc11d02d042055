namespace Calls.Media.WebRtc;

/// <summary>
/// The form in which sound passes between an engine and its host: 20 ms of 16 bit samples, one channel, 48 kHz. Of another rate only between an engine and a device that says it can
/// (<see cref="IAudioInput.Gives"/>, <see cref="IAudioOutput.Takes"/>).
/// </summary>
public static class AudioFrame
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 48_000;

    /// <summary>Samples of a frame.</summary>
    public const int Samples = 960;

    /// <summary>Frames a second.</summary>
    internal const int PerSecond = SampleRate / Samples;

    /// <summary>The time that a frame takes: 20 ms.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromMilliseconds(20);
}

/// <summary>Where an engine takes the sound that it sends: a microphone, a file, what a program makes.</summary>
/// <remarks>
/// The engine calls <see cref="Read"/> from one thread at a time, every 20 ms while the call is connected, and disposes of the input when the devices close. An input that throws is gone: it is read
/// no more, the host is told (<see cref="MicrophoneLost"/>), and the call goes on with silence.
/// </remarks>
public interface IAudioInput : IDisposable
{
    /// <summary>Fills <paramref name="frame"/> with the next sound. Must not wait: it is called in the beat of all calls.</summary>
    /// <param name="frame">20 ms: <see cref="AudioFrame.Samples"/> samples, or a fiftieth of another rate that it <see cref="Gives"/>.</param>
    /// <returns>How many samples were there; the rest is sent as silence.</returns>
    int Read(Span<short> frame);

    /// <summary>
    /// Whether sound can be read at a rate too. Where a call's codec has that rate, as G.711 has 8,000, the sound then passes as it is, which costs less than by way of 48 kHz. The
    /// rate may change from one frame to the next; 48 kHz must always be given. Must not wait, and always answers the same. Default: only 48,000.
    /// </summary>
    /// <param name="sampleRate">Samples a second; a multiple of 50.</param>
    bool Gives(int sampleRate) => sampleRate == AudioFrame.SampleRate;
}

/// <summary>Where an engine gives the sound that it receives: a loudspeaker, a file, a program that listens.</summary>
/// <remarks>
/// The engine calls <see cref="Write"/> from one thread at a time, every 20 ms from the first packet on, and disposes of the output when the call ends. An output that throws is gone: it is closed,
/// the host is told (<see cref="SpeakerLost"/>), and the call goes on unheard.
/// </remarks>
public interface IAudioOutput : IDisposable
{
    /// <summary>Takes the next sound; what was lost on the way is concealed already. Must not wait.</summary>
    /// <param name="frame">20 ms: <see cref="AudioFrame.Samples"/> samples, or a fiftieth of another rate that it <see cref="Takes"/>; valid until the method returns.</param>
    void Write(ReadOnlySpan<short> frame);

    /// <summary>Whether sound can be written at a rate too; as <see cref="IAudioInput.Gives"/>. Default: only 48,000.</summary>
    /// <param name="sampleRate">Samples a second; a multiple of 50.</param>
    bool Takes(int sampleRate) => sampleRate == AudioFrame.SampleRate;
}
