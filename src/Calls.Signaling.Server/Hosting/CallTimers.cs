namespace Calls.Signaling.Server;

/// <summary>The timers of one call. Used under the call's lock; a timer that fires while it is being stopped is told apart by its ticket.</summary>
internal sealed class CallTimers(TimeProvider time, Action<CallTimers.Ticket> fired)
{
    private readonly Dictionary<CallTimer, Ticket> _running = [];

    public void Set(CallTimer timer, TimeSpan due)
    {
        Cancel(timer);
        var ticket = new Ticket(timer);
        _running.Add(timer, ticket);
        ticket.Timer = time.CreateTimer(state => fired((Ticket)state!), ticket, due, Timeout.InfiniteTimeSpan);
    }

    public void Cancel(CallTimer timer)
    {
        if (_running.Remove(timer, out var ticket))
            ticket.Timer?.Dispose();
    }

    /// <summary>Whether a ticket still counts; it then counts no more.</summary>
    public bool TryRedeem(Ticket ticket)
    {
        if (!_running.TryGetValue(ticket.For, out var running) || running != ticket)
            return false;
        Cancel(ticket.For);
        return true;
    }

    public void CancelAll()
    {
        foreach (var ticket in _running.Values)
            ticket.Timer?.Dispose();
        _running.Clear();
    }

    internal sealed class Ticket(CallTimer timer)
    {
        public CallTimer For => timer;

        public ITimer? Timer { get; set; }
    }
}
