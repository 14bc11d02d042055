using Calls.Media.WebRtc.Prefetching;
using Microsoft.Extensions.Logging;

namespace Calls.Media.WebRtc.Session;

/// <summary>
/// The loudspeaker and the display of a call. One that throws is closed, and the call goes on without it; of the loudspeaker the host is told. Sound is played where it is given; pictures are shown on the pool. May be
/// used from any thread.
/// </summary>
internal sealed class LocalOutputs : IDisposable
{
    private readonly Lock _playing = new();
    private readonly Lock _showing = new();
    private readonly ILogger _logger;
    private readonly PictureQueue _pictures;
    private IAudioOutput? _loudspeaker;
    private IVideoOutput? _display;
    private int _hasLost;

    public LocalOutputs(IAudioOutput? loudspeaker, IVideoOutput? display, ILogger logger)
        => (_loudspeaker, _display, _logger, _pictures) = (loudspeaker, display, logger, new PictureQueue(ShowNow));

    /// <summary>Told once, when the loudspeaker fails. Called in the beat: it must not wait.</summary>
    public Action<Exception>? LoudspeakerLost { get; set; }

    /// <summary>Plays 20 ms, of a rate that it <see cref="Plays"/>.</summary>
    public void Play(ReadOnlySpan<short> frame)
    {
        lock (_playing)
        {
            try
            {
                // Of another rate only where it was asked; it may be another loudspeaker by now.
                if (frame.Length == AudioFrame.Samples || _loudspeaker?.Takes(frame.Length * AudioFrame.PerSecond) == true)
                    _loudspeaker?.Write(frame);
            }
#pragma warning disable CA1031 // A host's output may throw anything; the beat of the other calls is not to stop for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Lose(exception);
            }
        }
    }

    /// <summary>Whether sound of a rate can be played.</summary>
    public bool Plays(int sampleRate)
    {
        lock (_playing)
        {
            try
            {
                return _loudspeaker?.Takes(sampleRate) != false;
            }
#pragma warning disable CA1031 // As above.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Lose(exception);
                return true;
            }
        }
    }

    /// <summary>Prepares <see cref="Play"/>.</summary>
    public void Prefetch()
    {
        CacheLines.Fetch(_playing);
        CacheLines.Fetch(_loudspeaker);
    }

    /// <summary>Shows a picture soon. Where the display is behind, it is lost.</summary>
    public void Show(VideoFrame picture)
    {
        if (Volatile.Read(ref _display) is not null && !_pictures.TryAdd(picture))
            Volatile.Write(ref _hasLost, 1);
    }

    /// <summary>Whether a picture was lost since the last time this was asked: those after it cannot be shown without a key frame.</summary>
    public bool TakeLoss() => Volatile.Read(ref _hasLost) != 0 && Interlocked.Exchange(ref _hasLost, 0) != 0;

    /// <summary>Forgets the pictures that wait. None of them is shown any more when it returns.</summary>
    public void Forget() => _pictures.Clear();

    /// <summary>Closes both.</summary>
    public void Dispose()
    {
        _pictures.Clear();
        lock (_playing)
            Close(ref _loudspeaker);
        lock (_showing)
            Close(ref _display);
    }

    private void Lose(Exception cause)
    {
        Log.OutputFailed(_logger, cause);
        Close(ref _loudspeaker);
        LoudspeakerLost?.Invoke(cause);
    }

    private void ShowNow(VideoFrame picture)
    {
        lock (_showing)
        {
            try
            {
                _display?.Write(picture);
            }
#pragma warning disable CA1031 // As above, and of this process.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.OutputFailed(_logger, exception);
                Close(ref _display);
            }
        }
    }

    private void Close<T>(ref T? output)
        where T : class, IDisposable
    {
        var closing = output;
        output = null;
        try
        {
            closing?.Dispose();
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OutputFailed(_logger, exception);
        }
    }
}
