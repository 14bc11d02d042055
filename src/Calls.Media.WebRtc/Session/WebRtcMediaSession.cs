using Calls.Media.WebRtc.Dtls;
using Calls.Media.WebRtc.Flow;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Sdp;
using Calls.Signaling;
using Microsoft.Extensions.Logging;

namespace Calls.Media.WebRtc.Session;

/// <summary>One peer connection: descriptions, a transport once there is one, and the media on it. Offers always have one audio and one video section, so that a camera
/// may go on and off without negotiation.</summary>
internal sealed partial class WebRtcMediaSession : IMediaSession
{
    private const int MostEarly = 256;
    private readonly Lock _gate = new();
    private readonly DtlsCertificate _certificate;
    private readonly IceTransportSettings _settings;
    private readonly ILogger _logger;
    private readonly SdpNegotiation _negotiation;
    private readonly MediaFlow _flow;
    private readonly WebRtcRemoteStream _remote = new();
    private readonly OrderedEvents<MediaSessionEvent> _events = new();
    private readonly List<IceCandidate> _early = [];
    private SecureTransport? _transport;
    private WebRtcLocalMedia? _media;
    private bool _isRestarting;
    private bool _isDisposed;

    /// <param name="profile">What descriptions speak.</param>
    /// <param name="certificate">What this side shows.</param>
    /// <param name="settings">How ICE finds its way; its clock is the session's.</param>
    /// <param name="logger">Hears what goes wrong.</param>
    public WebRtcMediaSession(SdpProfile profile, DtlsCertificate certificate, IceTransportSettings settings, ILogger logger)
    {
        (_certificate, _settings, _logger) = (certificate, settings, logger);
        var streams = LocalStreams.Create();
        _negotiation = new SdpNegotiation(profile, streams);
        _flow = new MediaFlow(streams, settings.Time.GetUtcNow() - DateTimeOffset.UnixEpoch - Now, _remote, _remote);
    }

    public IObservable<MediaSessionEvent> Events => _events;

    private TimeSpan Now => _settings.Time.GetElapsedTime(0);

    public Task AttachAsync(ILocalMedia media, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(media);
        if (media is not WebRtcLocalMedia local)
            throw new ArgumentException("These devices were not opened by this engine.", nameof(media));
        return Do(() =>
        {
            if (_media != local)
                _media?.Detach(_flow);
            _media = local;
            _remote.Outputs = local.Outputs;
            if (_isSecured)
                local.Attach(_flow);
        }, cancellationToken);
    }

    public Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default) => Do(() =>
    {
        var isFirst = _transport is null;
        var ice = Transport(isControlling: true).Ice;
        if (iceRestart && !isFirst)
        {
            ice.Restart();
            _isRestarting = true;
        }

        var offer = _negotiation.CreateOffer(End(ice));
        ice.StartGathering();
        return offer;
    }, cancellationToken);

    public Task PrepareOfferAsync(CancellationToken cancellationToken = default) => Do(() => Transport(isControlling: true).Ice.StartGathering(), cancellationToken);

    public Task PrepareAnswerAsync(string offer, IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default) => Do(() =>
    {
        Keep(candidates);
        try
        {
            // Servers are asked while the devices open; what they answer is told with the answer.
            var read = _negotiation.ReadOffer(offer);
            _section = (read.Description.Sections[read.Accepted[0]].Mid!, read.Accepted[0]);
            Transport(isControlling: false).Ice.StartGathering();
        }
        catch (SdpException)
        {
            // It is told when the offer is answered.
        }
    }, cancellationToken);

    public Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default) => Do(() =>
    {
        var read = _negotiation.ReadOffer(offer);
        var transport = Transport(isControlling: false);
        if (read.IsIceRestart)
            transport.Ice.Restart();
        string answer;
        try
        {
            answer = _negotiation.Answer(read, End(transport.Ice));
        }
        catch (SdpException) when (read.IsIceRestart)
        {
            transport.Ice.CancelRestart();
            throw;
        }

        Agreed(transport, _negotiation.Current!);
        transport.Ice.StartGathering();
        return answer;
    }, cancellationToken);

    public Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default) => Do(() =>
    {
        var agreement = _negotiation.TakeAnswer(answer);
        _isRestarting = false;
        Agreed(_transport!, agreement);
    }, cancellationToken);

    public Task RollbackAsync(CancellationToken cancellationToken = default) => Do(() =>
    {
        _negotiation.Rollback();
        if (_isRestarting)
            _transport?.Ice.CancelRestart();
        _isRestarting = false;
    }, cancellationToken);

    public Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return Do(() =>
        {
            if (_negotiation.Current is { } agreement && _transport is { } transport)
                Add(transport, agreement, candidates);
            else
                Keep(candidates);
        }, cancellationToken);
    }

    public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default) => Do<MediaStatistics?>(() =>
    {
        var figures = _flow.Figures;
        var way = _transport?.Ice.Statistics;
        return new MediaStatistics
        {
            RoundTripTime = way?.RoundTripTime ?? figures.RoundTripTime,
            PacketsSent = figures.PacketsSent,
            PacketsReceived = figures.PacketsReceived,
            PacketsLost = figures.PacketsLost,
            BytesSent = figures.BytesSent,
            BytesReceived = figures.BytesReceived,
            IsRelayed = way?.IsRelayed,
        };
    }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }

        _beat?.Dispose();
        _media?.Detach(_flow);
        _flow.Leave(Now);
        _flow.Dispose();
        _transport?.Dispose();
        _remote.Dispose();
        await _events.CompleteAsync().ConfigureAwait(false);
    }

    private SecureTransport Transport(bool isControlling)
    {
        if (_transport is null)
            _flow.Sender = _transport = new SecureTransport(isControlling, _settings, _certificate, this, _logger);
        return _transport;
    }

    private LocalEnd End(IceTransport ice)
    {
        var (ufrag, pwd) = ice.LocalCredentials;
        return new LocalEnd(ufrag, pwd, new CertificateFingerprint(_certificate.Fingerprint.Algorithm, _certificate.Fingerprint.Value));
    }

    private void Agreed(SecureTransport transport, SessionAgreement agreement)
    {
        _section = (agreement.TransportMid, agreement.TransportIndex);
        _flow.Configure(agreement, Now);
        transport.Meet(agreement);
        foreach (var line in agreement.RemoteCandidates)
            transport.Ice.AddRemoteCandidate(line, agreement.Remote.IceUfrag);
        Add(transport, agreement, _early);
        _early.Clear();
    }

    private void Keep(IReadOnlyList<IceCandidate> candidates)
    {
        _early.AddRange(candidates);
        if (_early.Count > MostEarly)
            _early.RemoveRange(0, _early.Count - MostEarly);
    }

    private void Add(SecureTransport transport, SessionAgreement agreement, IReadOnlyList<IceCandidate> candidates)
    {
        var passedOver = 0;
        foreach (var candidate in candidates)
        {
            // A side that does not bundle gathers for every section; only one section's transport is used.
            if (candidate.SdpMid is { } mid && mid != agreement.TransportMid
                || !transport.Ice.AddRemoteCandidate(candidate.Candidate, candidate.UsernameFragment) && candidate.Candidate.Length > 0)
                passedOver++;
        }

        if (passedOver > 0)
            Log.CandidatesPassedOver(_logger, passedOver);
    }

    private Task<bool> Do(Action act, CancellationToken cancellationToken) => Do(() =>
    {
        act();
        return true;
    }, cancellationToken);

    /// <summary>Does something under the gate, and then tells what came of it.</summary>
    private Task<T> Do<T>(Func<T> act, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            lock (_gate)
            {
                if (_isDisposed)
                    throw new MediaException(MediaFailure.EngineLost, "The session is closed.");
                return Task.FromResult(act());
            }
        }
        catch (MediaException exception)
        {
            return Task.FromException<T>(exception);
        }
        finally
        {
            Gathered();
            _events.Tell();
        }
    }
}
