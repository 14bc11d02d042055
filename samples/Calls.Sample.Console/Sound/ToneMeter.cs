using Calls.Media.WebRtc;

namespace Calls.Sample.Console.Sound;

/// <summary>Listens for a tone: tells how many frames came and which frequency they have.</summary>
internal sealed class ToneMeter : IAudioOutput
{
    // Below this loudness it is the silence before the call, or after it.
    private const int Quiet = 500;
    private readonly Lock _gate = new();
    private long _samples;
    private long _rises;
    private bool _isAbove;

    /// <summary>Frames with sound.</summary>
    public long Frames { get; private set; }

    /// <summary>The frequency of the sound so far, in Hz; 0 where there was none.</summary>
    public double Frequency
    {
        get
        {
            lock (_gate)
                return _samples == 0 ? 0 : (double)_rises * AudioFrame.SampleRate / _samples;
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<short> frame)
    {
        lock (_gate)
        {
            if (!frame.ContainsAnyExceptInRange((short)-Quiet, (short)Quiet))
                return;
            Frames++;
            _samples += frame.Length;
            // A wave rises once through the middle; small ripples around it do not count.
            foreach (var sample in frame)
            {
                if (!_isAbove && sample > Quiet)
                    _rises++;
                _isAbove = sample > Quiet || _isAbove && sample > -Quiet;
            }
        }
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
