namespace Calls.Signaling.Server;

/// <summary>The timers of one call, of which few run at once. Used under the call's lock; a timer that fires while it is being stopped is told apart by its ticket.</summary>
internal struct CallTimers
{
    private Ticket? _first;

    public void Set(HostedCall call, CallTimer timer, TimeSpan due)
    {
        Cancel(timer);
        _first = new Ticket(timer, call, _first);
        _first.Timer = call.Time.CreateTimer(static state => ((Ticket)state!).Fire(), _first, due, Timeout.InfiniteTimeSpan);
    }

    public void Cancel(CallTimer timer)
    {
        Ticket? before = null;
        for (var ticket = _first; ticket is not null; (before, ticket) = (ticket, ticket.Next))
        {
            if (ticket.For != timer)
                continue;
            if (before is null)
                _first = ticket.Next;
            else
                before.Next = ticket.Next;
            ticket.Timer?.Dispose();
            return;
        }
    }

    /// <summary>Whether a ticket still counts; it then counts no more.</summary>
    public bool TryRedeem(Ticket ticket)
    {
        for (var running = _first; running is not null; running = running.Next)
        {
            if (running != ticket)
                continue;
            Cancel(ticket.For);
            return true;
        }

        return false;
    }

    public void CancelAll()
    {
        for (var ticket = _first; ticket is not null; ticket = ticket.Next)
            ticket.Timer?.Dispose();
        _first = null;
    }

    internal sealed class Ticket(CallTimer timer, HostedCall call, Ticket? next)
    {
        public CallTimer For => timer;

        public ITimer? Timer { get; set; }

        public Ticket? Next { get; set; } = next;

        public void Fire() => call.Fire(this);
    }
}
