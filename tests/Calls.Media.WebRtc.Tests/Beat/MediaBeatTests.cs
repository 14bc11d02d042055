using Calls.Media.WebRtc.Beat;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Media.WebRtc.Tests.Beat;

public class MediaBeatTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void All_calls_hear_one_beat_of_20_ms()
    {
        var (one, two) = (0, 0);
        using var first = MediaBeat.Of(_time).Listen(new Hearing(_ => one++));
        using var second = MediaBeat.Of(_time).Listen(new Hearing(_ => two++));
        for (var i = 0; i < 100; i++)
            _time.Advance(TimeSpan.FromMilliseconds(10));
        (one, two).Should().Be((50, 50));
    }

    [Fact]
    public void Where_nobody_listens_it_rests_and_it_begins_again()
    {
        var (heard, beat) = (0, MediaBeat.Of(_time));
        var first = beat.Listen(new Hearing(_ => heard++));
        _time.Advance(TimeSpan.FromMilliseconds(40));
        first.Dispose();
        first.Dispose();
        beat.Listeners.Should().Be(0);
        _time.Advance(TimeSpan.FromMinutes(1));
        heard.Should().Be(2);
        using var again = beat.Listen(new Hearing(_ => heard++));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        heard.Should().Be(3);
    }

    [Fact]
    public void One_that_throws_does_not_silence_the_others()
    {
        var heard = 0;
        using var bad = MediaBeat.Of(_time).Listen(new Hearing(_ => throw new InvalidOperationException()));
        using var good = MediaBeat.Of(_time).Listen(new Hearing(_ => heard++));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        heard.Should().Be(1);
    }

    [Fact]
    public void One_may_leave_from_within_the_beat()
    {
        var heard = 0;
        IDisposable? leaving = null;
        leaving = MediaBeat.Of(_time).Listen(new Hearing(_ =>
        {
            heard++;
            leaving!.Dispose();
        }));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        heard.Should().Be(1);
    }

    [Fact]
    public async Task On_the_systems_clock_the_beat_keeps_its_rate()
    {
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var (heard, begin) = (0, TimeProvider.System.GetTimestamp());
        using (MediaBeat.Of(TimeProvider.System).Listen(new Hearing(_ =>
        {
            if (++heard == 50)
                enough.TrySetResult();
        })))
        {
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        // No more than the time allows, whatever the machine does meanwhile. The beat is everybody's: who comes while it is late hears the five that are made up too.
        (heard * 20.0).Should().BeLessThanOrEqualTo(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds + 5 * 20);
    }
}
