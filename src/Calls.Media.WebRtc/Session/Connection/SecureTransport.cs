using Calls.Media.WebRtc.Dtls;
using Calls.Media.WebRtc.Flow;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Prefetching;
using Calls.Media.WebRtc.Rtp;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Srtp;
using Microsoft.Extensions.Logging;

namespace Calls.Media.WebRtc.Session;

/// <summary>
/// The one transport of a session: a way by ICE, keys by DTLS over that way, and packets under those keys (RFC 5764). Thread-safe; keeps no thread once there are
/// keys, and allocates nothing per packet.
/// </summary>
internal sealed class SecureTransport : IIceTransportSink, IPacketSender, IDisposable
{
    private const int MostEarly = 16;
    private readonly Lock _gate = new();
    private readonly ISecureTransportSink _sink;
    private readonly DtlsCertificate _certificate;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<byte[]> _early = [];
    private DtlsTransport? _dtls;
    private SrtpContext? _protects;
    private SrtpContext? _opens;
    private IceState _ice;
    private DtlsPhase _phase;
    private MediaConnectionState _state;
    private bool _isShaking;
    private bool _isDisposed;

    /// <param name="isControlling">Whether this side made the first offer.</param>
    /// <param name="settings">How ICE finds its way.</param>
    /// <param name="certificate">What this side shows.</param>
    /// <param name="sink">Where packets and news go.</param>
    /// <param name="logger">Hears why a handshake failed.</param>
    public SecureTransport(bool isControlling, IceTransportSettings settings, DtlsCertificate certificate, ISecureTransportSink sink, ILogger logger)
    {
        (_sink, _certificate, _time, _logger) = (sink, certificate, settings.Time, logger);
        Ice = new IceTransport(isControlling, this, settings);
    }

    /// <summary>The way to the other side.</summary>
    public IceTransport Ice { get; }

    /// <summary>The other side's description is known: a way is looked for, and on it keys are agreed on.</summary>
    /// <exception cref="InvalidOperationException">It has other credentials than before, and no restart was asked for.</exception>
    public void Meet(SessionAgreement agreement)
    {
        Ice.SetRemoteCredentials(new IceCredentials(agreement.Remote.IceUfrag, agreement.Remote.IcePwd));
        byte[][] early = [];
        lock (_gate)
        {
            if (_dtls is null && !_isDisposed)
            {
                var dtls = _dtls = new DtlsTransport(
                    _certificate, agreement.IsDtlsClient ? DtlsRole.Client : DtlsRole.Server, Expected(agreement.Remote), Send, new DtlsSettings { Time = _time });
                // Raised within a lock of the handshake's.
                dtls.Closed += () => ThreadPool.UnsafeQueueUserWorkItem(static one => one.Change(DtlsPhase.Closed), this, preferLocal: false);
                early = [.. _early];
                _early.Clear();
            }
        }

        foreach (var datagram in early)
            _dtls?.Receive(datagram);
        ShakeWhenPossible();
    }

    /// <summary>Protects and sends an RTP packet; before there are keys, or without a way, it is lost.</summary>
    /// <param name="buffer">The packet, with <see cref="SrtpContext.MaximumOverhead"/> more bytes behind it.</param>
    /// <param name="length">The packet's length.</param>
    public void SendRtp(Span<byte> buffer, int length)
    {
        if (Volatile.Read(ref _protects)?.ProtectRtp(buffer, length) is > 0 and var whole)
            Ice.Send(buffer[..whole]);
    }

    /// <summary>The same for RTCP.</summary>
    public void SendRtcp(Span<byte> buffer, int length)
    {
        if (Volatile.Read(ref _protects)?.ProtectRtcp(buffer, length) is > 0 and var whole)
            Ice.Send(buffer[..whole]);
    }

    /// <summary>Tells the other side that it is over, and closes everything.</summary>
    public void Dispose()
    {
        DtlsTransport? dtls;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            dtls = _dtls;
            _early.Clear();
        }

        _closing.Cancel();
        dtls?.Close();
        Ice.Dispose();
        _protects?.Dispose();
        _opens?.Dispose();
        _closing.Dispose();
    }

    void IIceTransportSink.CandidateGathered(string line, string ufrag) => _sink.CandidateGathered(line, ufrag);

    void IIceTransportSink.GatheringEnded(string ufrag) => _sink.CandidateGathered("", ufrag);

    void IIceTransportSink.StateChanged(IceState state)
    {
        Change(state);
        ShakeWhenPossible();
    }

    void IIceTransportSink.PacketArrived(Span<byte> packet)
    {
        if (packet[0] <= DtlsTransport.LastByte)
        {
            Find(packet)?.Receive(packet);
            return;
        }

        var isOpen = false;
        var length = 0;
        if (Volatile.Read(ref _opens) is { } opens)
            isOpen = RtpPacket.IsRtcp(packet) ? opens.TryUnprotectRtcp(packet, out length) : opens.TryUnprotectRtp(packet, out length);
        if (isOpen)
            _sink.PacketOpened(packet[..length]);
    }

    void IPacketSender.Prefetch(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(_protects);
            CacheLines.Fetch(Ice, lines: 3);
            return;
        }

        _protects?.Prefetch(step - 1);
        Ice.PrefetchSending(step - 1);
    }

    void IIceTransportSink.Prefetch(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(_opens);
            CacheLines.Fetch(_sink, lines: 2);
            return;
        }

        _opens?.Prefetch(step - 1);
        _sink.Prefetch(step - 1);
    }

    private static List<DtlsFingerprint> Expected(TransportDescription remote)
    {
        List<DtlsFingerprint> expected = [];
        foreach (var (algorithm, value) in remote.Fingerprints)
        {
            if (DtlsFingerprint.TryParse(algorithm, value, out var fingerprint))
                expected.Add(fingerprint);
        }

        return expected;
    }

    /// <summary>Who takes a datagram of the handshake; while the other side's fingerprint is not known, it is kept.</summary>
    private DtlsTransport? Find(ReadOnlySpan<byte> datagram)
    {
        lock (_gate)
        {
            if (_dtls is null && !_isDisposed && _early.Count < MostEarly)
                _early.Add(datagram.ToArray());
            return _dtls;
        }
    }

    private void Send(ReadOnlySpan<byte> datagram) => Ice.Send(datagram);

    /// <summary>Before there is a way the first flight would be lost, and waited for.</summary>
    private void ShakeWhenPossible()
    {
        DtlsTransport dtls;
        lock (_gate)
        {
            if (_isShaking || _isDisposed || _ice != IceState.Connected || _dtls is null)
                return;
            _isShaking = true;
            dtls = _dtls;
        }

        _ = ShakeAsync(dtls);
    }

    private async Task ShakeAsync(DtlsTransport dtls)
    {
        try
        {
            var keys = await dtls.HandshakeAsync(_closing.Token).ConfigureAwait(false);
            lock (_gate)
            {
                if (!_isDisposed)
                {
                    Volatile.Write(ref _opens, keys.CreateReceiver());
                    Volatile.Write(ref _protects, keys.CreateSender());
                }
            }

            keys.Clear();
            _sink.Secured();
            Change(DtlsPhase.Up);
        }
        catch (Exception exception) when (exception is DtlsException or OperationCanceledException or ObjectDisposedException)
        {
            if (exception is DtlsException)
                Log.HandshakeFailed(_logger, exception.Message);
            Change(DtlsPhase.Failed);
        }
    }

    private void Change(IceState ice)
    {
        lock (_gate)
        {
            _ice = ice;
            Settle();
        }

        _sink.Tell();
    }

    private void Change(DtlsPhase phase)
    {
        lock (_gate)
        {
            // The other side may have closed before the news of its keys was heard.
            if (_phase != DtlsPhase.Closed)
                _phase = phase;
            Settle();
        }

        _sink.Tell();
    }

    private void Settle()
    {
        var state = ConnectionStates.Of(_ice, _phase);
        if (_isDisposed || state == _state)
            return;
        _state = state;
        _sink.StateChanged(state);
    }
}
