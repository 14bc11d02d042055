using Calls.Media.WebRtc.Dtls;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Session;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Media.WebRtc;

/// <summary>A managed WebRTC engine: ICE, DTLS-SRTP and RTP in C#. Keeps nothing open itself; as many calls as wanted may share one.</summary>
public sealed class WebRtcMediaSource : IMediaSource
{
    // It is valid for 30 days. Sessions that begin within a day share it: making one costs more than the rest of a session.
    private static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(1);
    private readonly Lock _gate = new();
    private readonly WebRtcMediaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SdpProfile _profile;
    private DtlsCertificate? _certificate;

    /// <summary>An engine.</summary>
    /// <param name="options">Devices and more; as they are when a device or a connection is opened. Null: the defaults.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="logger">Null: nothing is logged.</param>
    /// <exception cref="ArgumentException">An option is missing.</exception>
    public WebRtcMediaSource(WebRtcMediaOptions? options = null, TimeProvider? timeProvider = null, ILogger<WebRtcMediaSource>? logger = null)
    {
        _options = options ?? new();
        if (_options.Problem is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (_time, _logger) = (timeProvider ?? TimeProvider.System, logger ?? NullLogger<WebRtcMediaSource>.Instance);
        _profile = new SdpProfile(_options.Opus && Audio.Opus.IsAvailable);
    }

    /// <summary>All that there is; screens can be shared where <see cref="WebRtcMediaOptions.Screen"/> says how.</summary>
    public MediaCapabilities Capabilities => MediaCapabilities.Video | MediaCapabilities.IceRestart | MediaCapabilities.Renegotiation
        | MediaCapabilities.Statistics | MediaCapabilities.PreConnect | (_options.Screen is null ? MediaCapabilities.None : MediaCapabilities.ScreenShare);

    /// <inheritdoc/>
    public async Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var media = OpenOutputs(await DeviceOpening.OpenAsync(_options.Microphone, close: null, "microphone", cancellationToken).ConfigureAwait(false), request.Muted);
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
    public Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<IMediaSession>(cancellationToken);
        IceTransportSettings settings = new()
        {
            Servers = options.IceServers,
            RelayOnly = options.RelayOnly,
            WithLoopback = _options.IncludeLoopback,
            CertificateValidation = _options.TurnCertificateValidation,
            Logger = _logger,
            Time = _time,
        };
        return Task.FromResult<IMediaSession>(new WebRtcMediaSession(_profile, Certificate(), settings, _logger));
    }

    /// <summary>Opens loudspeaker and display around a microphone that is open; it is closed where they cannot be.</summary>
    private WebRtcLocalMedia OpenOutputs(IAudioInput microphone, bool isMuted)
    {
        IAudioOutput? loudspeaker = null;
        try
        {
            loudspeaker = _options.Loudspeaker();
            LocalOutputs outputs = new(loudspeaker, _options.Display?.Invoke(), _logger);
            return new WebRtcLocalMedia(_options, microphone, outputs, isMuted, _time);
        }
        catch (Exception exception)
        {
            microphone.Dispose();
            loudspeaker?.Dispose();
            if (exception is MediaException)
                throw;
            throw new MediaException(MediaFailure.Other, $"Loudspeaker or display could not be opened: {exception.Message}", exception);
        }
    }

    private DtlsCertificate Certificate()
    {
        lock (_gate)
        {
            if (_certificate is null || _time.GetUtcNow() - _certificate.Created > CertificateLifetime)
                _certificate = DtlsCertificate.Create(_time);
            return _certificate;
        }
    }
}
