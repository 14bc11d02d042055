using System.Runtime.CompilerServices;
using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Beat;

/// <summary>
/// The beat of 20 ms in which all calls of a process read, send and play: one thread for all of them, or, on another clock than the system's, one timer; it rests while there is
/// no call. A beat that came late is made up; of many at once, as after the machine slept, only the last few are. Allocates nothing per beat.
/// </summary>
internal sealed class MediaBeat
{
    private const int MostAtOnce = 5;
    private static readonly ConditionalWeakTable<TimeProvider, MediaBeat> Beats = [];
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Lock _beating = new();
    private IBeatListener[] _listeners = [];
    private BeatThread? _thread;
    private ITimer? _timer;
    private long _begin;
    private long _done;

    private MediaBeat(TimeProvider time) => _time = time;

    /// <summary>How many listen.</summary>
    public int Listeners => Volatile.Read(ref _listeners).Length;

    /// <summary>The beat of a clock: all that share the clock share the beat.</summary>
    public static MediaBeat Of(TimeProvider time) => Beats.GetValue(time, one => new MediaBeat(one));

    /// <summary>Lets <paramref name="listener"/> hear every beat until the result is disposed of.</summary>
    /// <param name="listener">Called once at a time; what it throws is lost, and the other listeners hear the beat all the same.</param>
    public IDisposable Listen(IBeatListener listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
            if (_listeners.Length == 1)
                Begin();
        }

        return new Subscription(this, listener);
    }

    private void Begin()
    {
        (_begin, _done) = (_time.GetTimestamp(), 0);
        if (_time == TimeProvider.System)
            (_thread ??= new BeatThread(TickAndWait)).Begin();
        else if (_timer is null)
            _timer = _time.CreateTimer(static beat => ((MediaBeat)beat!).Tick(), this, AudioFrame.Duration, AudioFrame.Duration);
        else
            _timer.Change(AudioFrame.Duration, AudioFrame.Duration);
    }

    private TimeSpan TickAndWait()
    {
        Tick();
        return AudioFrame.Duration - TimeSpan.FromTicks(_time.GetElapsedTime(_begin).Ticks % AudioFrame.Duration.Ticks);
    }

    private void Tick()
    {
        // A timer may fire while the last beat is still heard: that one goes on and makes up what is due.
        if (!_beating.TryEnter())
            return;
        try
        {
            for (var due = Due(); due > 0; due--)
                Beat();
        }
        finally
        {
            _beating.Exit();
        }
    }

    private long Due()
    {
        var beats = _time.GetElapsedTime(_begin).Ticks / AudioFrame.Duration.Ticks;
        var due = Math.Clamp(beats - _done, 0, MostAtOnce);
        _done = Math.Max(_done, beats);
        return due;
    }

    private void Beat()
    {
        var now = _time.GetElapsedTime(0);
        var listeners = Volatile.Read(ref _listeners);
        for (var i = 0; i < listeners.Length; i++)
        {
            Turns.Prepare<IBeatListener>(listeners, i);
            try
            {
                listeners[i].Beat(now);
            }
            catch (Exception)
            {
                // One call's trouble must not silence the others; a listener tells its own.
            }
        }
    }

    private void Leave(IBeatListener listener)
    {
        lock (_gate)
        {
            var at = Array.IndexOf(_listeners, listener);
            if (at < 0)
                return;
            _listeners = [.. _listeners[..at], .. _listeners[(at + 1)..]];
            if (_listeners.Length > 0)
                return;
            _thread?.Rest();
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Subscription(MediaBeat beat, IBeatListener listener) : IDisposable
    {
        private IBeatListener? _listener = listener;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _listener, null) is { } leaving)
                beat.Leave(leaving);
        }
    }
}
