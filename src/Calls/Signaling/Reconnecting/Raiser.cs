using System.Diagnostics.CodeAnalysis;
using System.Reactive.Subjects;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling;

/// <summary>Tells observers of messages and statuses: one thing at a time, in order, the replay to a new observer included.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposed subjects would throw at late observers, who are to see the end.")]
internal sealed class Raiser
{
    private readonly Lock _gate = new();
    private readonly Subject<SignalingMessage> _messages = new();
    private readonly ReplaySubject<ChannelStatus> _statuses = new(1);
    private ChannelStatus _last = new(ChannelState.Disconnected);

    public Raiser(ILogger log)
    {
        _statuses.OnNext(_last);
        Messages = new GuardedObservable<SignalingMessage>(_messages, _gate, log);
        Statuses = new GuardedObservable<ChannelStatus>(_statuses, _gate, log);
    }

    public IObservable<SignalingMessage> Messages { get; }

    public IObservable<ChannelStatus> Statuses { get; }

    /// <summary>Whether the caller runs inside an observer of this channel.</summary>
    public bool IsRaisingHere => _gate.IsHeldByCurrentThread;

    public void Raise(SignalingMessage message)
    {
        lock (_gate)
            _messages.OnNext(message);
    }

    /// <summary>Raises a status, unless it says what the last one said: a server that is down for an hour is one change, not a thousand.</summary>
    public void Raise(ChannelState state, Exception? error = null)
    {
        lock (_gate)
        {
            if (_last.State == state && _last.Error?.Message == error?.Message)
                return;
            _last = new ChannelStatus(state, error);
            _statuses.OnNext(_last);
        }
    }

    /// <summary>Closes, and completes both streams. Why the channel was closed before, if it was, stays its last word.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            if (_last.State != ChannelState.Closed)
                Raise(ChannelState.Closed);
            _messages.OnCompleted();
            _statuses.OnCompleted();
        }
    }
}
