using System.Net;
using System.Net.Security;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>A relay on a server: a <see cref="TurnClient"/> with its connection and its timer. Thread-safe; keeps no thread.</summary>
internal sealed class TurnRelay : IDatagramBase, ITurnClientSink
{
    private readonly Lock _gate = new();
    private readonly IceServerAddress _server;
    private readonly IPEndPoint _endPoint;
    private readonly ITurnRelayOwner _owner;
    private readonly RemoteCertificateValidationCallback? _validation;
    private readonly TimeProvider _time;
    private readonly TurnClient _client;
    private readonly Queue<Action> _news = new();
    private readonly ITimer _timer;
    private readonly long _begin;
    private ITurnLink? _link;
    private bool _isDisposed;

    /// <summary>A relay that is not asked for yet.</summary>
    /// <param name="server">The server, and the credentials for it.</param>
    /// <param name="endPoint">Its address.</param>
    /// <param name="owner">Who is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="validation">Judges the certificate of a server over TLS; null: as the system does.</param>
    /// <param name="settings">Times and limits.</param>
    public TurnRelay(
        IceServerAddress server, IPEndPoint endPoint, ITurnRelayOwner owner, TimeProvider time, RemoteCertificateValidationCallback? validation = null,
        TurnSettings? settings = null)
    {
        (_server, _endPoint, _owner, _time, _validation) = (server, endPoint, owner, time, validation);
        _begin = time.GetTimestamp();
        _client = new TurnClient(server.Username, server.Credential, server.Transport != IceServerTransport.Udp, this, settings);
        _timer = time.CreateTimer(static relay => ((TurnRelay)relay!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The server that it is on.</summary>
    public IceServerAddress Server => _server;

    /// <summary>The relay's address; null: there is none.</summary>
    public TransportAddress? Relayed => Read(client => client.Relayed);

    /// <summary>This side as the server sees it; null: not known.</summary>
    public TransportAddress? Mapped => Read(client => client.Mapped);

    /// <summary>The time of a request and its answer; null: none was answered.</summary>
    public TimeSpan? RoundTripTime => Read(client => client.RoundTripTime);

    /// <summary>Whether the server has answered anything.</summary>
    public bool IsReachable => Read(client => client.IsReachable);

    private TimeSpan Now => _time.GetElapsedTime(_begin);

    /// <summary>Connects, and asks for the relay.</summary>
    public void Start() => Do(client =>
    {
        _link = _server.Transport == IceServerTransport.Udp
            ? UdpLink.TryOpen(_endPoint, Arrived)
            : StreamLink.Open(new(_endPoint, _server.Host, _server.Transport == IceServerTransport.Tls, _validation), Arrived, Lost);
        if (_link is null)
            client.ConnectionLost("This machine has no address of the server's family.");
        else
            client.Start(Now);
    });

    public void Send(TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            var wasWaiting = _client.NextTimeout;
            _client.Send(to, datagram, Now);
            if (_client.NextTimeout != wasWaiting)
                SetTimer();
        }
    }

    /// <summary>Lets an address send to the relay.</summary>
    public void Permit(TransportAddress peer) => Do(client => client.Permit(peer, Now));

    /// <summary>Sends fewer bytes per packet to an address from now on. Tells nothing.</summary>
    public void BindChannel(TransportAddress peer)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _client.BindChannel(peer, Now);
            SetTimer();
        }
    }

    /// <summary>Gives the relay back. Nothing is told after it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _client.Close(Now);
            _isDisposed = true;
            _news.Clear();
            _link?.Dispose();
        }

        _timer.Dispose();
    }

    void ITurnClientSink.Transmit(ReadOnlySpan<byte> message) => _link?.Send(message);

    void ITurnClientSink.Allocated() => _news.Enqueue(() => _owner.Allocated(this));

    void ITurnClientSink.Failed(TurnFailure failure) => _news.Enqueue(() => _owner.Failed(this, failure));

    void ITurnClientSink.Permitted(TransportAddress peer, TurnFailure? refusal) => _news.Enqueue(() => _owner.Permitted(this, peer, refusal));

    private T Read<T>(Func<TurnClient, T> read)
    {
        lock (_gate)
            return read(_client);
    }

    private void Arrived(Span<byte> message)
    {
        bool hasData;
        TransportAddress from;
        Range data;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            // A packet of data changes nothing that a timer waits for.
            hasData = _client.HandleMessage(message, Now, out from, out data);
            if (!hasData)
                SetTimer();
        }

        if (hasData)
            _owner.DatagramArrived(this, from, message[data]);
        else
            Tell();
    }

    private void Lost(string reason) => Do(client => client.ConnectionLost(reason));

    private void OnTimer() => Do(client => client.HandleTimeout(Now));

    private void Do(Action<TurnClient> action)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            action(_client);
            SetTimer();
        }

        Tell();
    }

    private void SetTimer()
    {
        if (_client.NextTimeout is not { } next)
            return;
        var wait = next - Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Tell()
    {
        while (true)
        {
            Action news;
            lock (_gate)
            {
                if (!_news.TryDequeue(out news!))
                    return;
            }

            news();
        }
    }
}
