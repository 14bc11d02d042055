using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Signaling.WebSockets.Tests;

/// <summary>A clock that stands still until a test moves it, and that knows which timers are alive.</summary>
internal sealed class RecordingTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _started = Channel.CreateUnbounded<TimeSpan>();
    private int _alive;

    /// <summary>Timers that were made and not yet disposed of.</summary>
    public int Alive => Volatile.Read(ref _alive);

    /// <summary>Waits for a timer of just that length to be started.</summary>
    public async Task StartedAsync(TimeSpan length)
    {
        while (await _started.Reader.ReadAsync().AsTask().InTime() != length)
        {
        }
    }

    /// <summary>The next timer that is started, but for those of <paramref name="except"/>.</summary>
    public async Task<TimeSpan> StartedAsync(params TimeSpan[] except)
    {
        while (true)
        {
            var length = await _started.Reader.ReadAsync().AsTask().InTime();
            if (!except.Contains(length))
                return length;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _alive);
        var timer = new CountedTimer(base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _alive));
        _started.Writer.TryWrite(dueTime);
        return timer;
    }

    private sealed class CountedTimer(ITimer timer, Action disposed) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                disposed();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
