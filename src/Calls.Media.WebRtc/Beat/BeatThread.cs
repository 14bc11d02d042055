using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Beat;

/// <summary>
/// Ticks on a thread of its own. A timer would wake a thread that wakes one of the pool for each tick, and that one looks around for more work before it sleeps again: more
/// than the tick itself costs. The thread comes with the first tick, and leaves a second after the last.
/// </summary>
/// <param name="tick">Called again and again; gives the time until the next one. Must not throw.</param>
internal sealed class BeatThread(Func<TimeSpan> tick)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly object _gate = new();
    private bool _isWanted;
    private bool _isThere;

    /// <summary>Ticks from now on.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _isWanted = true;
            Monitor.Pulse(_gate);
            if (_isThere)
                return;
            _isThere = true;
        }

        new Thread(Run) { IsBackground = true, Name = "Calls beat" }.UnsafeStart();
    }

    /// <summary>Ticks no longer.</summary>
    public void Rest()
    {
        lock (_gate)
            _isWanted = false;
    }

    private void Run()
    {
        using var batch = DatagramBatch.Begin();
        while (Stays())
        {
            var wait = tick();
            batch?.Send();
            lock (_gate)
                Monitor.Wait(_gate, (int)Math.Ceiling(wait.TotalMilliseconds));
        }
    }

    private bool Stays()
    {
        lock (_gate)
        {
            if (!_isWanted)
                Monitor.Wait(_gate, Patience);
            return _isThere = _isWanted;
        }
    }
}
