using Calls.Media.WebRtc.Beat;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// The way to the other side as something that sends and receives: an <see cref="IceAgent"/> with sockets, servers and a timer. Thread-safe; keeps no thread.
/// </summary>
internal sealed partial class IceTransport : IIceAgentSink, IDatagramSink, IBeatListener, IDisposable
{
    private readonly Lock _gate = new();
    private readonly IceTransportSettings _settings;
    private readonly IIceTransportSink _sink;
    private readonly IceAgent _agent;
    private readonly ReflexiveQueries _queries;
    private readonly Dictionary<int, IDatagramBase> _bases = [];
    private readonly Queue<Action> _news = new();
    private readonly ITimer _timer;

    // Made once: it is done at each question for consent.
    private readonly Action _handleTimeout;
    private readonly TimeSpan _begin;
    private TimeSpan? _timerAt;
    private IDisposable? _beat;
    private long _dueInBeat = long.MaxValue;
    private Way? _way;
    private bool _isTelling;
    private bool _isDisposed;

    /// <summary>A transport at rest.</summary>
    /// <param name="isControlling">Whether this side made the first offer.</param>
    /// <param name="sink">Where packets and news go.</param>
    /// <param name="settings">Servers, limits, times.</param>
    public IceTransport(bool isControlling, IIceTransportSink sink, IceTransportSettings? settings = null)
    {
        (_sink, _settings, _handleTimeout) = (sink, settings ?? new(), HandleTimeout);
        _begin = _settings.Time.GetElapsedTime(0);
        _agent = new IceAgent(isControlling, IceCredentials.Create(), this, _settings.Agent with { RelayOnly = _settings.RelayOnly });
        _queries = new ReflexiveQueries(Transmit, ReflexiveAnswered);
        _timer = _settings.Time.CreateTimer(static transport => ((IceTransport)transport!).Do(((IceTransport)transport)._handleTimeout), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>This side's credentials in the newest generation.</summary>
    public IceCredentials LocalCredentials
    {
        get
        {
            lock (_gate)
                return _agent.LocalCredentials;
        }
    }

    /// <summary>How far it is.</summary>
    public IceState State
    {
        get
        {
            lock (_gate)
                return _agent.State;
        }
    }

    /// <summary>How the way does; null: there is none.</summary>
    public IceStatistics? Statistics
    {
        get
        {
            lock (_gate)
            {
                return _agent.Path is not { } path ? null : new(
                    path.RoundTripTime,
                    path.Local.Kind == IceCandidateKind.Relayed || path.Remote.Kind == IceCandidateKind.Relayed,
                    $"{CandidateText.NameOf(path.Local.Kind)} {path.Local.Address} - {CandidateText.NameOf(path.Remote.Kind)} {path.Remote.Address}");
            }
        }
    }

    private TimeSpan Now => _settings.Time.GetElapsedTime(0) - _begin;

    /// <summary>The other side's credentials are known: the search begins. The same again changes nothing.</summary>
    /// <exception cref="InvalidOperationException">It has others in this generation; <see cref="Restart"/> comes first.</exception>
    public void SetRemoteCredentials(IceCredentials remote) => Do(() =>
    {
        _agent.SetRemoteCredentials(remote, Now);
        _unagreed = null;
    });

    /// <summary>Adds a candidate of the other side; one that cannot be used is passed over.</summary>
    /// <param name="line">The candidate attribute; empty: there are no more.</param>
    /// <param name="ufrag">The generation it belongs to, where the line does not say; null: the newest.</param>
    /// <returns>Whether it is known now.</returns>
    public bool AddRemoteCandidate(string line, string? ufrag = null)
    {
        var added = false;
        Do(() =>
        {
            var reading = CandidateText.Read(line, out var candidate, out var told);
            if (reading == CandidateReading.Usable)
                added = _agent.AddRemoteCandidate(candidate!, told ?? ufrag, Now);
            else if (reading == CandidateReading.End)
                _agent.EndRemoteCandidates(ufrag, Now);
        });
        return added;
    }

    /// <summary>Begins a new generation; the way that there is stays in use until the new one has its own. The candidates are told again.</summary>
    /// <returns>This side's new credentials.</returns>
    public IceCredentials Restart()
    {
        var credentials = IceCredentials.Create();
        Do(() =>
        {
            _agent.Restart(credentials, Now);
            _unagreed ??= [];
            TellAgain();
        });
        return credentials;
    }

    /// <summary>Takes a restart back that was not agreed to. What was gathered meanwhile is told again, now of the generation that stays: the other side took it for the other's.</summary>
    public void CancelRestart() => Do(() =>
    {
        _agent.CancelRestart(Now);
        foreach (var candidate in _candidates.Where(candidate => _unagreed?.Contains(candidate) == true))
            Tell(candidate);
        _unagreed = null;
    });

    /// <summary>Sends a packet to the other side; false where there is no way now. Allocates nothing.</summary>
    public bool Send(ReadOnlySpan<byte> packet)
    {
        if (Volatile.Read(ref _way) is not { } way)
            return false;
        way.Base.Send(way.To, packet);
        return true;
    }

    /// <summary>Closes everything. Nothing is told after it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _news.Clear();
            Volatile.Write(ref _way, null);
            StopGathering();
            foreach (var one in _bases.Values)
                one.Dispose();
            _bases.Clear();
        }

        _beat?.Dispose();
        _timer.Dispose();
    }

    void IIceAgentSink.Transmit(int baseId, TransportAddress to, ReadOnlySpan<byte> datagram) => Transmit(baseId, to, datagram);

    void IIceAgentSink.StateChanged(IceState state) => _news.Enqueue(() => _sink.StateChanged(state));

    void IIceAgentSink.PathChanged(CandidatePair? pair)
    {
        var isThere = pair is not null && _bases.ContainsKey(pair.Local.BaseId);
        Volatile.Write(ref _way, isThere ? new Way(_bases[pair!.Local.BaseId], pair.Remote.Address) : null);
        if (isThere)
            PathFound(pair!);
    }

    private void Transmit(int baseId, TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        if (_bases.TryGetValue(baseId, out var sender))
            sender.Send(to, datagram);
    }

    /// <summary>Takes what came to a base.</summary>
    public void Arrived(int baseId, TransportAddress from, Span<byte> datagram)
    {
        if (datagram.IsEmpty)
            return;
        if (datagram[0] <= 3)
        {
            lock (_gate)
            {
                if (_isDisposed)
                    return;
                if (!_queries.TryHandle(baseId, from, datagram))
                    _agent.HandleDatagram(baseId, from, datagram, Now);
                SetTimer();
            }

            TellSoon();
        }
        else if (datagram[0] is >= 20 and <= 63 or >= 128 and <= 191)
        {
            lock (_gate)
            {
                if (_isDisposed || !_agent.Accepts(baseId, from, Now))
                    return;
            }

            _sink.PacketArrived(datagram);
        }
    }

    private void HandleTimeout()
    {
        _timerAt = null;
        var now = Now;
        _queries.HandleTimeout(now);
        _agent.HandleTimeout(now);
    }

    /// <summary>Does something with the agent, then sets the timer and tells what is new.</summary>
    private void Do(Action action)
    {
        Act(action);
        Tell();
    }

    /// <summary>The same, where a datagram may be what it is about.</summary>
    private void DoAndTellSoon(Action action)
    {
        Act(action);
        TellSoon();
    }

    private void Act(Action action)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            action();
            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (Sooner(_agent.NextTimeout, _queries.NextTimeout) is not { } next)
            return;
        if (_agent.State == IceState.Connected)
        {
            // A way that stands is asked for consent now and then: in the beat, since a timer would wake a thread of the pool for it.
            Volatile.Write(ref _dueInBeat, (_begin + next).Ticks);
            _beat ??= MediaBeat.Of(_settings.Time).Listen(this);
            next = TimeSpan.MaxValue;
        }
        else
        {
            Volatile.Write(ref _dueInBeat, long.MaxValue);
        }

        if (next == _timerAt)
            return;
        _timerAt = next;
        var wait = next - Now;
        _timer.Change(next == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    void IBeatListener.Beat(TimeSpan now)
    {
        if (Volatile.Read(ref _dueInBeat) <= now.Ticks)
            DoAndTellSoon(_handleTimeout);
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    /// <summary>Tells what is new on a thread of the pool: whoever hears it may take its time, and the thread that a datagram came on reads for all calls.</summary>
    private void TellSoon()
    {
        lock (_gate)
        {
            if (_news.Count == 0)
                return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static transport => transport.Tell(), this, preferLocal: false);
    }

    /// <summary>Tells what is new, in order, one at a time, and with no lock held.</summary>
    private void Tell()
    {
        while (true)
        {
            Action news;
            lock (_gate)
            {
                if (_isTelling || !_news.TryDequeue(out news!))
                    return;
                _isTelling = true;
            }

            try
            {
                news();
            }
            finally
            {
                lock (_gate)
                    _isTelling = false;
            }
        }
    }

    private sealed record Way(IDatagramBase Base, TransportAddress To);
}
