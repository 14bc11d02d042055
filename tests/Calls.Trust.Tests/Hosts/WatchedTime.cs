using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Trust.Tests;

/// <summary>A clock that stands still until a test moves it, and that tells which timers were started.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(UnixEpoch.AddYears(60))
{
    private readonly Channel<TimeSpan> _started = Channel.CreateUnbounded<TimeSpan>();

    private static DateTimeOffset UnixEpoch => DateTimeOffset.UnixEpoch;

    /// <summary>Waits until one more timer of such a length was started.</summary>
    public async Task StartedAsync(TimeSpan atLeast, TimeSpan atMost)
    {
        TimeSpan length;
        do
            length = await _started.Reader.ReadAsync().AsTask().InTime();
        while (length < atLeast || length > atMost);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _started.Writer.TryWrite(dueTime);
        return timer;
    }
}
