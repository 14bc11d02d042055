namespace Calls.Testing;

/// <summary>
/// One thing after another, each on the thread of whoever brings it while nobody else delivers: what is posted from inside a delivery, or meanwhile
/// from another thread, is delivered after it by the one who delivers.
/// </summary>
internal sealed class Post(TimeProvider time) : IScheduler
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = [];
    private readonly long _origin = time.GetTimestamp();
    private bool _isDelivering;
    private bool _isPaused;

    public TimeSpan Now => time.GetElapsedTime(_origin);

    public bool IsPaused
    {
        get => _isPaused;
        set
        {
            lock (_gate)
                _isPaused = value;
            DeliverAll();
        }
    }

    public void Send(Action action)
    {
        lock (_gate)
            _waiting.Enqueue(action);
        DeliverAll();
    }

    public IDisposable Schedule(TimeSpan due, Action action)
    {
        Ticket ticket = new();
        ticket.Timer = time.CreateTimer(_ => Send(() =>
        {
            if (ticket.Redeem())
                action();
        }), null, due, Timeout.InfiniteTimeSpan);
        return ticket;
    }

    /// <summary>Looks at what only deliveries change.</summary>
    public T Read<T>(Func<T> read)
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_isDelivering)
                    return read();
            }

            Thread.Yield();
        }
    }

    public bool DeliverNext() => Deliver(evenPaused: true);

    private void DeliverAll()
    {
        while (Deliver(evenPaused: false))
        {
        }
    }

    private bool Deliver(bool evenPaused)
    {
        Action? next;
        lock (_gate)
        {
            if (_isDelivering || (_isPaused && !evenPaused) || !_waiting.TryDequeue(out next))
                return false;
            _isDelivering = true;
        }

        try
        {
            next();
        }
        finally
        {
            lock (_gate)
                _isDelivering = false;
        }

        return true;
    }

    private sealed class Ticket : IDisposable
    {
        private int _isSpent;

        public ITimer? Timer { get; set; }

        public bool Redeem() => Interlocked.Exchange(ref _isSpent, 1) == 0;

        public void Dispose()
        {
            Redeem();
            Timer?.Dispose();
        }
    }
}
