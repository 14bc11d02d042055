namespace Calls.Media.WebRtc.Dtls;

/// <summary>
/// Threads for handshakes, which block while they wait for the other side. They are not the pool's, so that many handshakes at once starve nobody;
/// one serves many handshakes, and leaves when there is nothing to do.
/// </summary>
/// <param name="name">The threads' name.</param>
/// <param name="limit">How many there are at most.</param>
internal sealed class HandshakeThreads(string name, int limit)
{
    private const int StackSize = 512 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = [];
    private int _threads;
    private int _idle;

    /// <summary>How many threads there are now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _threads;
        }
    }

    /// <summary>Does <paramref name="work"/>, which must not throw, as soon as a thread is free.</summary>
    public void Run(Action work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_gate);
                return;
            }

            if (_threads == limit)
                return;
            _threads++;
        }

        new Thread(Serve, StackSize) { IsBackground = true, Name = name }.UnsafeStart();
    }

    private void Serve()
    {
        while (Next() is { } work)
            work();
    }

    private Action? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                var isWoken = Monitor.Wait(_gate, Patience);
                _idle--;
                if (!isWoken && _waiting.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }

            return _waiting.Dequeue();
        }
    }
}
