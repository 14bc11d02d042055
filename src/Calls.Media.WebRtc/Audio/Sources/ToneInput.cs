namespace Calls.Media.WebRtc;

/// <summary>A sine tone, for tests of a line.</summary>
public sealed class ToneInput : IAudioInput
{
    private readonly double _frequency;
    private readonly double _amplitude;
    private double _angle;

    /// <summary>A tone.</summary>
    /// <param name="frequency">In Hz, above 0 and below 24,000. Default: 440.</param>
    /// <param name="amplitude">From 0 (nothing) to 1 (full scale). Default: 0.3.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public ToneInput(double frequency = 440, double amplitude = 0.3)
    {
        if (frequency is not (> 0 and < AudioFrame.SampleRate / 2))
            throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "A tone has a frequency above 0 and below 24,000 Hz.");
        if (amplitude is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(amplitude), amplitude, "A tone has an amplitude from 0 to 1.");
        (_frequency, _amplitude) = (frequency, amplitude * short.MaxValue);
    }

    /// <inheritdoc/>
    /// <remarks>Of a length that is not 20 ms of a rate that it <see cref="Gives"/>, the samples are of 48 kHz.</remarks>
    public int Read(Span<short> frame)
    {
        var rate = frame.Length * AudioFrame.PerSecond;
        var step = 2 * Math.PI * _frequency / (Gives(rate) ? rate : AudioFrame.SampleRate);
        foreach (ref var sample in frame)
        {
            sample = (short)Math.Round(_amplitude * Math.Sin(_angle));
            _angle = (_angle + step) % (2 * Math.PI);
        }

        return frame.Length;
    }

    /// <summary>48,000 always, and 8,000 where the tone is below 3,600 Hz, as high as a telephone line carries.</summary>
    public bool Gives(int sampleRate) => sampleRate == AudioFrame.SampleRate || sampleRate == 8_000 && _frequency < 3_600;

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}

/// <summary>No sound at all: for those who only listen.</summary>
public sealed class SilenceInput : IAudioInput
{
    /// <inheritdoc/>
    public int Read(Span<short> frame)
    {
        frame.Clear();
        return frame.Length;
    }

    /// <summary>Every rate.</summary>
    public bool Gives(int sampleRate) => true;

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Hears nothing: for those who only speak.</summary>
public sealed class SilenceOutput : IAudioOutput
{
    /// <inheritdoc/>
    public void Write(ReadOnlySpan<short> frame)
    {
    }

    /// <summary>Every rate.</summary>
    public bool Takes(int sampleRate) => true;

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
