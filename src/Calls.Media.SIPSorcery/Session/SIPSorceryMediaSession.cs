using Calls.Media.SIPSorcery.Descriptions;
using Calls.Media.SIPSorcery.Devices;
using Calls.Media.WebRtc.Session;
using Calls.Signaling;
using Microsoft.Extensions.Logging;
using SIPSorcery.Net;

namespace Calls.Media.SIPSorcery.Session;

/// <summary>One <see cref="RTCPeerConnection"/>: one offer and one answer. Both always have one audio and one video section, so that a camera may go on and off.</summary>
internal sealed partial class SIPSorceryMediaSession : IMediaSession
{
    private const int MostEarly = 256;
    private const int MostClosings = 3;
    private readonly Lock _gate = new();
    private readonly RTCPeerConnection _peer;
    private readonly SIPSorceryMediaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OrderedEvents<MediaSessionEvent> _events = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<IceCandidate> _early = [];
    private SIPSorceryLocalMedia? _media;
    private volatile Agreement? _agreement;
    private IDisposable? _handshake;
    private Stage _stage;
    private int _offeredSections;
    private int _isDisposed;

    private SIPSorceryMediaSession(RTCPeerConnection peer, SIPSorceryMediaOptions options, TimeProvider time, ILogger logger)
    {
        (_peer, _options, _time, _logger) = (peer, options, time, logger);
        Listen();
    }

    private enum Stage
    {
        New,
        Offered,
        Agreed,
    }

    public IObservable<MediaSessionEvent> Events => _events;

    private bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    /// <summary>Makes a connection: opens its sockets and finds the machine's addresses, which may take some time.</summary>
    /// <exception cref="MediaException">SIPSorcery could not.</exception>
    public static SIPSorceryMediaSession Create(SIPSorceryMediaOptions options, MediaSessionOptions wish, TimeProvider time, ILogger logger)
    {
        RTCPeerConnection? peer = null;
        try
        {
            RTCConfiguration configuration = new()
            {
                iceServers = [.. wish.IceServers.SelectMany(server => server.Urls.Select(url => new RTCIceServer { urls = url, username = server.Username, credential = server.Credential }))],
                iceTransportPolicy = wish.RelayOnly ? RTCIceTransportPolicy.relay : RTCIceTransportPolicy.all,
                bundlePolicy = RTCBundlePolicy.max_bundle,
                certificates2 = [SharedCertificate.Of(time)],
                X_UseRtpFeedbackProfile = true,
            };
            options.Configure?.Invoke(configuration);
            peer = new RTCPeerConnection(configuration);

            // Waits until the timers are there: those that came after the end would stay for ever.
            peer.createOffer(new RTCOfferOptions { X_ExcludeIceCandidates = true });
            return new SIPSorceryMediaSession(peer, options, time, logger);
        }
        catch (Exception exception)
        {
            if (peer is not null)
                Close(peer, logger);
            throw exception as MediaException ?? new MediaException(MediaFailure.Other, $"SIPSorcery could not make a connection: {exception.Message}", exception);
        }
    }

    public Task AttachAsync(ILocalMedia media, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(media);
        if (media is not SIPSorceryLocalMedia local)
            throw new ArgumentException("These devices were not opened by this engine.", nameof(media));
        return DoAsync(() =>
        {
            if (_media != local)
                _media?.Detach(this);
            _media = local;
            local.Attach(this);
            return StartDevicesAsync();
        }, cancellationToken);
    }

    public Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default) => DoAsync(async () =>
    {
        if (_stage != Stage.New)
            throw OneRound();
        AddTracks(withVideo: true);
        var offer = await EngineAsync(() =>
        {
            var made = _peer.createOffer(new RTCOfferOptions { X_ExcludeIceCandidates = true });
            _peer.setLocalDescription(made);
            return made.sdp;
        }).ConfigureAwait(false);
        (_stage, _offeredSections) = (Stage.Offered, _peer.localDescription.sdp.Media.Count);
        TellGathered();
        return LocalDescription.Finish(offer, null);
    }, cancellationToken);

    public Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default) => DoAsync(async () =>
    {
        var read = RemoteDescription.ReadOffer(offer);
        if (_stage != Stage.New)
            throw OneRound();
        _mid = read.Audio.Mid ?? "0";
        _midIndex = read.Sections.ToList().IndexOf(read.Audio);
        AddTracks(read.Video is { } video && VideoFormats().Any(format => video.Speaks(format.FormatName)));
        await BeginAsync(Handshakes.OfAnswerers).ConfigureAwait(false);
        var answer = await EngineAsync(() =>
        {
            Take(RTCSdpType.offer, read);
            var made = _peer.createAnswer(new RTCAnswerOptions { X_ExcludeIceCandidates = true });
            _peer.setLocalDescription(made);
            return made.sdp;
        }).ConfigureAwait(false);
        await AgreedAsync(read).ConfigureAwait(false);
        return LocalDescription.Finish(answer, read);
    }, cancellationToken);

    public Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default) => DoAsync(async () =>
    {
        var read = RemoteDescription.ReadAnswer(answer, _offeredSections);
        if (_stage != Stage.Offered)
            throw new MediaException(MediaFailure.BadDescription, "No offer waits for an answer.");
        await BeginAsync(Handshakes.OfOfferers).ConfigureAwait(false);
        await EngineAsync(() =>
        {
            Take(RTCSdpType.answer, read);
            return "";
        }).ConfigureAwait(false);
        await AgreedAsync(read).ConfigureAwait(false);
    }, cancellationToken);

    public Task RollbackAsync(CancellationToken cancellationToken = default)
        => DoAsync(() => throw new MediaException(MediaFailure.NotSupported, "SIPSorcery cannot take an offer back."), cancellationToken);

    public Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return DoAsync(() =>
        {
            if (_stage == Stage.Agreed)
                Add(candidates);
            else
                Keep(candidates);
            return Task.CompletedTask;
        }, cancellationToken);
    }

    public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default) => DoAsync(() => Task.FromResult<MediaStatistics?>(Statistics()), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        Volatile.Read(ref _media)?.Detach(this);
        await Task.Run(() => Close(_peer, _logger)).ConfigureAwait(false);

        Interlocked.Exchange(ref _handshake, null)?.Dispose();
        await _events.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Closes a connection. Where it is not up yet, or the other side closes it at the same moment, SIPSorcery may throw half-way, and is asked again for the rest.</summary>
    private static void Close(RTCPeerConnection peer, ILogger logger)
    {
        for (var i = 0; i < MostClosings && !peer.IsClosed; i++)
        {
            try
            {
                peer.Close("closed");
            }
#pragma warning disable CA1031 // An engine that fails while it closes keeps nothing else from being closed.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.ClosingFailed(logger, exception);
            }
        }
    }

    /// <summary>Waits for a place among the handshakes, and leaves it where this is over meanwhile.</summary>
    private async Task BeginAsync(Handshakes handshakes)
    {
        var place = await handshakes.BeginAsync(_time, _closing.Token).ConfigureAwait(false);
        Interlocked.Exchange(ref _handshake, place)?.Dispose();
        if (!IsDisposed)
            return;
        place.Dispose();
        throw Closed();
    }

    /// <summary>Sets a description that was read before. SIPSorcery tells trouble by a result, by an exception, or not at all.</summary>
    private void Take(RTCSdpType type, RemoteDescription read)
    {
        var result = _peer.setRemoteDescription(new RTCSessionDescriptionInit { type = type, sdp = read.Text });
        if (result != SetDescriptionResultEnum.OK)
            throw new MediaException(MediaFailure.BadDescription, $"SIPSorcery does not take the description: {result}.");
    }

    private async Task AgreedAsync(RemoteDescription read)
    {
        _agreement = Agreement.Of(_peer, read);
        _stage = Stage.Agreed;
        Change(MediaConnectionState.Connecting);
        foreach (var line in read.Candidates)
            AddLine(line);
        Add(_early);
        _early.Clear();
        TellGathered();
        await StartDevicesAsync().ConfigureAwait(false);
    }

    private void Keep(IReadOnlyList<IceCandidate> candidates)
    {
        _early.AddRange(candidates);
        if (_early.Count > MostEarly)
            _early.RemoveRange(0, _early.Count - MostEarly);
    }

    private void Add(IReadOnlyList<IceCandidate> candidates)
    {
        // A side that does not bundle gathers for every section; only one section's transport is used.
        var passedOver = candidates.Count(candidate => candidate is null
            || candidate.SdpMid is { } mid && mid != (_agreement!.Remote.Audio.Mid ?? "0")
            || candidate.UsernameFragment is { Length: > 0 } ufrag && ufrag != _agreement!.Remote.Ufrag
            || !AddLine(candidate.Candidate) && candidate.Candidate is { Length: > 0 });
        if (passedOver > 0)
            Log.CandidatesPassedOver(_logger, passedOver);
    }

    private bool AddLine(string? line)
    {
        if (CandidateText.Read(line, _agreement!.Remote.Ufrag) is not { } usable)
            return false;
        _peer.addIceCandidate(new RTCIceCandidateInit { candidate = usable, sdpMid = "0", sdpMLineIndex = 0 });
        return true;
    }

    private static MediaException OneRound() => new(MediaFailure.NotSupported, "A session of SIPSorcery has one offer and one answer.");

    private static MediaException Closed() => new(MediaFailure.EngineLost, "The session is closed.");

    /// <summary>Lets SIPSorcery do what may block or throw anything.</summary>
    private async Task<string> EngineAsync(Func<string> act)
    {
        try
        {
            return await Task.Run(act).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not MediaException && !IsDisposed)
        {
            Log.DescriptionRefused(_logger, exception.Message);
            throw new MediaException(MediaFailure.BadDescription, $"SIPSorcery does not take the description: {exception.Message}", exception);
        }
    }

    private Task<bool> DoAsync(Func<Task> act, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        await act().ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Does something, and then tells what came of it.</summary>
    private async Task<T> DoAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsDisposed)
            throw Closed();
        try
        {
            var result = await act().ConfigureAwait(false);
            return IsDisposed ? throw Closed() : result;
        }
        catch (Exception exception) when (IsDisposed && exception is not MediaException { Failure: MediaFailure.EngineLost })
        {
            throw new MediaException(MediaFailure.EngineLost, "The session was closed meanwhile.", exception);
        }
        finally
        {
            _events.Tell();
        }
    }
}
