using System.Text.Json;
using Calls.Blazor.Interop;
using Calls.Media;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace Calls.Blazor;

/// <summary>
/// The browser's own WebRTC as a media engine: <c>getUserMedia</c> and <c>RTCPeerConnection</c>. Works on Blazor WebAssembly and on Blazor
/// Server, where the media stay in the browser and only descriptions and candidates pass the circuit. One a page: on Blazor Server, one a circuit.
/// </summary>
public sealed class BrowserMediaSource : IMediaSource, IAsyncDisposable
{
    private readonly BrowserEngine _engine;
    private readonly BrowserDevices _devices;
    private readonly CameraQuality _quality;
    private readonly ILogger _logger;

    /// <summary>An engine in the page behind <paramref name="js"/>. Nothing is loaded before it is needed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public BrowserMediaSource(IJSRuntime js, BrowserMediaOptions? options = null, ILogger<BrowserMediaSource>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(js);
        options ??= new BrowserMediaOptions();
        if (options.Problem is { } problem)
            throw new ArgumentOutOfRangeException(nameof(options), problem);
        _engine = new BrowserEngine(js);
        _devices = new BrowserDevices(_engine);
        _quality = new CameraQuality(options.VideoWidth, options.VideoHeight, options.VideoFrameRate);
        _logger = logger ?? NullLogger<BrowserMediaSource>.Instance;
    }

    /// <inheritdoc/>
    /// <remarks><see cref="MediaCapabilities.PreConnect"/> is among them only while the microphone opens without a question. To a connection that is made
    /// before the user allows it, a browser shows one network, and that under a name that hardly anybody can resolve.</remarks>
    public MediaCapabilities Capabilities => MediaCapabilities.Video | MediaCapabilities.IceRestart | MediaCapabilities.Renegotiation
        | MediaCapabilities.Statistics | MediaCapabilities.ScreenShare | MediaCapabilities.DeviceChoice
        | (_devices.MicrophoneIsAllowed ? MediaCapabilities.PreConnect : MediaCapabilities.None);

    /// <inheritdoc/>
    public IMediaDevices Devices => _devices;

    /// <summary>Loads the JavaScript module ahead of the first call, which then starts a little sooner. Never throws.</summary>
    public async Task PreloadAsync()
    {
        try
        {
            await _engine.LoadAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever is wrong, the first call finds it too, and says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ModuleNotLoaded(_logger, exception);
        }
    }

    /// <inheritdoc/>
    public async Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var media = new BrowserLocalMedia(_engine, _engine.NextId());
        try
        {
            await media.OpenAsync(new OpenRequest(request.Video, request.Muted, _quality), cancellationToken).ConfigureAwait(false);
            return media;
        }
        catch
        {
            // A prompt may still be open: what the user gives it later is stopped at once.
            await media.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var session = new BrowserMediaSession(_engine, _engine.NextId(), _logger);
        try
        {
            var settings = JsonSerializer.SerializeToElement(
                new ConnectOptions(options.IceServers, options.RelayOnly), EngineJson.Default.ConnectOptions);
            await _engine.LoadAsync(cancellationToken).ConfigureAwait(false);
            await session.BeginAsync("connect", MediaFailures.OfConnecting, settings).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes every session and stops every device that is still open.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
