using System.Net;
using Microsoft.Extensions.Logging;
using Calls.Media.SIPSorcery.Session;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Devices;

/// <summary>The loudspeaker and the display of a call. One that throws takes nothing any more, and the call goes on without it. May be used from any thread.</summary>
internal sealed class LocalOutputs
{
    private readonly ILogger _logger;
    private readonly DeviceRun? _loudspeakerRun;
    private readonly DeviceRun? _displayRun;
    private volatile IAudioSink? _loudspeaker;
    private volatile IVideoSink? _display;
    private volatile bool _isOpen = true;
    private volatile bool _isAgreed;

    /// <param name="loudspeaker">The open loudspeaker, which is closed with this; null: sound is left.</param>
    /// <param name="display">The open display, likewise.</param>
    /// <param name="logger">Hears what goes wrong.</param>
    public LocalOutputs(IAudioSink? loudspeaker, IVideoSink? display, ILogger logger)
    {
        (Loudspeaker, Display, _loudspeaker, _display, _logger) = (loudspeaker, display, loudspeaker, display, logger);
        _loudspeakerRun = loudspeaker is null ? null : new(loudspeaker, loudspeaker.StartAudioSink, loudspeaker.PauseAudioSink, loudspeaker.ResumeAudioSink, loudspeaker.CloseAudioSink);
        _displayRun = display is null ? null : new(display, display.StartVideoSink, display.PauseVideoSink, display.ResumeVideoSink, display.CloseVideoSink);
    }

    public IAudioSink? Loudspeaker { get; }

    public IVideoSink? Display { get; }

    /// <summary>A connection agreed on formats: both are told, and take what comes.</summary>
    public async Task AgreeAsync(AudioFormat? audio, VideoFormat? video)
    {
        await TryAsync(() => audio is { } format ? _loudspeakerRun?.DoAsync(() => Loudspeaker!.SetAudioSinkFormat(format)) : null).ConfigureAwait(false);
        await TryAsync(() => video is { } format ? _displayRun?.DoAsync(() => Display!.SetVideoSinkFormat(format)) : null).ConfigureAwait(false);
        _isAgreed = true;
        await RunAsync().ConfigureAwait(false);
    }

    /// <summary>Lets both take what comes, or nothing.</summary>
    public Task OpenAsync(bool isOpen)
    {
        _isOpen = isOpen;
        return _isAgreed ? RunAsync() : Task.CompletedTask;
    }

    public void Play(EncodedAudioFrame frame)
    {
        if (!_isOpen || _loudspeaker is not { } sink)
            return;
        try
        {
            sink.GotEncodedMediaFrame(frame);
        }
#pragma warning disable CA1031 // A host's sink may throw anything; the thread is a socket's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OutputFailed(_logger, exception);
            _loudspeaker = null;
        }
    }

    public void Show(IPEndPoint from, uint timestamp, byte[] picture, VideoFormat format)
    {
        if (!_isOpen || _display is not { } sink)
            return;
        try
        {
            sink.GotVideoFrame(from, timestamp, picture, format);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OutputFailed(_logger, exception);
            _display = null;
        }
    }

    public async Task CloseAsync()
    {
        (_loudspeaker, _display) = (null, null);
        await TryAsync(() => _loudspeakerRun?.CloseAsync()).ConfigureAwait(false);
        await TryAsync(() => _displayRun?.CloseAsync()).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await TryAsync(() => _loudspeakerRun?.SetAsync(_isOpen)).ConfigureAwait(false);
        await TryAsync(() => _displayRun?.SetAsync(_isOpen)).ConfigureAwait(false);
    }

    private async Task TryAsync(Func<Task?> act)
    {
        try
        {
            await (act() ?? Task.CompletedTask).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OutputFailed(_logger, exception);
        }
    }
}
