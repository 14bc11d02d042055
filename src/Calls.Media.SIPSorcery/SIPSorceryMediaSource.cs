using Calls.Media.SIPSorcery.Devices;
using Calls.Media.SIPSorcery.Session;
using Calls.Media.WebRtc.Session;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Media.SIPSorcery;

/// <summary>SIPSorcery's WebRTC as a media engine. Keeps nothing open itself; as many calls as wanted may share one.</summary>
/// <remarks>A session has one offer and one answer: a later round, also one that mends a lost connection, is made with a new session inside the call.</remarks>
public sealed class SIPSorceryMediaSource : IMediaSource
{
    private readonly SIPSorceryMediaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>An engine.</summary>
    /// <param name="options">Devices and more; as they are when a device or a connection is opened.</param>
    /// <param name="timeProvider">The clock; null: the system's. SIPSorcery itself knows only the system's.</param>
    /// <param name="logger">Null: nothing is logged. SIPSorcery itself logs where its <c>LogFactory</c> was told to.</param>
    /// <exception cref="ArgumentException">An option is missing.</exception>
    public SIPSorceryMediaSource(SIPSorceryMediaOptions options, TimeProvider? timeProvider = null, ILogger<SIPSorceryMediaSource>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _options = options;
        (_time, _logger) = (timeProvider ?? TimeProvider.System, logger ?? NullLogger<SIPSorceryMediaSource>.Instance);
    }

    /// <summary>Statistics; video where there is a camera, a screen or a display; screens where <see cref="SIPSorceryMediaOptions.Screen"/> says how. No ICE restart and no second
    /// offer: SIPSorcery cannot take an offer back.</summary>
    public MediaCapabilities Capabilities => MediaCapabilities.Statistics
        | (_options is { Camera: null, Screen: null, Display: null } ? MediaCapabilities.None : MediaCapabilities.Video)
        | (_options.Screen is null ? MediaCapabilities.None : MediaCapabilities.ScreenShare);

    /// <inheritdoc/>
    public async Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var source = await DeviceOpening.OpenAsync(_options.Microphone, static late => late.CloseAudio(), "microphone", cancellationToken).ConfigureAwait(false);
        var media = await SIPSorceryLocalMedia.OpenAsync(_options, source, request.Muted, _logger).ConfigureAwait(false);
        try
        {
            if (request.Video)
                await media.SetVideoAsync(VideoSource.Camera, cancellationToken).ConfigureAwait(false);
        }
        catch (MediaException failure)
        {
            media.VideoFailure = failure;
        }
        catch
        {
            await media.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return media;
    }

    /// <inheritdoc/>
    public async Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();

        // The constructor opens sockets, and waits for the machine's addresses.
        var session = await Task.Run(() => SIPSorceryMediaSession.Create(_options, options, _time, _logger), cancellationToken).ConfigureAwait(false);
        if (!cancellationToken.IsCancellationRequested)
            return session;
        await session.DisposeAsync().ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }
}
