using Microsoft.Extensions.Logging;

namespace Calls.Media.WebRtc.Session;

/// <summary>The loudspeaker and the display of a call. One that throws is closed, and the call goes on without it. May be used from any thread.</summary>
internal sealed class LocalOutputs(IAudioOutput? loudspeaker, IVideoOutput? display, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private IAudioOutput? _loudspeaker = loudspeaker;
    private IVideoOutput? _display = display;

    /// <summary>Plays 20 ms.</summary>
    public void Play(ReadOnlySpan<short> frame)
    {
        lock (_gate)
        {
            try
            {
                _loudspeaker?.Write(frame);
            }
#pragma warning disable CA1031 // A host's output may throw anything; neither the beat of the other calls nor a socket is to stop for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.OutputFailed(logger, exception);
                Close(ref _loudspeaker);
            }
        }
    }

    /// <summary>Shows a picture.</summary>
    public void Show(VideoFrame picture)
    {
        lock (_gate)
        {
            try
            {
                _display?.Write(picture);
            }
#pragma warning disable CA1031 // As above.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.OutputFailed(logger, exception);
                Close(ref _display);
            }
        }
    }

    /// <summary>Closes both.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Close(ref _loudspeaker);
            Close(ref _display);
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
            Log.OutputFailed(logger, exception);
        }
    }
}
