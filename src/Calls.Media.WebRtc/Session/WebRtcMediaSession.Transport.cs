using Calls.Media.WebRtc.Beat;
using Calls.Signaling;

namespace Calls.Media.WebRtc.Session;

/// <summary>What comes from the transport, and what goes to it.</summary>
internal sealed partial class WebRtcMediaSession : ISecureTransportSink
{
    private readonly Lock _gathering = new();
    private List<IceCandidate> _gathered = [];
    private (string Mid, int Index) _section = ("0", 0);
    private IDisposable? _beat;
    private bool _isSecured;
    private bool _wasConnected;

    void ISecureTransportSink.CandidateGathered(string line, string ufrag)
    {
        var (mid, index) = _section;
        lock (_gathering)
            _gathered.Add(new IceCandidate(line, mid, index, ufrag));
        // Those that come while a method runs go together, at its end.
        if (_gate.IsHeldByCurrentThread)
            return;
        Gathered();
        _events.Tell();
    }

    void ISecureTransportSink.StateChanged(MediaConnectionState state)
    {
        _events.Post(new ConnectionStateChanged(state));
        if (state != MediaConnectionState.Connected || _wasConnected)
            return;
        _wasConnected = true;
        _events.Post(new RemoteStreamAdded(_remote));
    }

    void ISecureTransportSink.Tell()
    {
        if (!_gate.IsHeldByCurrentThread)
            _events.Tell();
    }

    void ISecureTransportSink.Secured()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isSecured = true;
            _beat = MediaBeat.Of(_settings.Time).Listen(_flow);
            _media?.Attach(_flow);
        }
    }

    void ISecureTransportSink.PacketOpened(ReadOnlySpan<byte> packet)
    {
        if (_flow.Receive(packet, Now) && _remote.TakeLoss())
            _flow.AskForKeyFrame(Now);
    }

    void ISecureTransportSink.Prefetch(int step) => _flow.PrefetchReceiving(step);

    private void Gathered()
    {
        lock (_gathering)
        {
            if (_gathered.Count == 0)
                return;
            _events.Post(new LocalCandidatesGathered(_gathered));
            _gathered = [];
        }
    }
}
