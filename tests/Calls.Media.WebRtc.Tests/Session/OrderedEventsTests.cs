using Calls.Media.WebRtc.Session;

namespace Calls.Media.WebRtc.Tests.Session;

public class OrderedEventsTests
{
    private readonly OrderedEvents<int> _events = new();

    [Fact]
    public void What_comes_before_the_first_subscription_is_kept_for_it_alone()
    {
        Say(1, 2);
        Listener first = new(), second = new();
        _events.Subscribe(first);
        _events.Subscribe(second);
        Say(3);
        first.Heard.Should().Equal(1, 2, 3);
        second.Heard.Should().Equal(3);
    }

    [Fact]
    public async Task The_end_comes_behind_what_waits_and_to_who_comes_later()
    {
        Listener first = new(), late = new();
        Say(1);
        var ended = _events.CompleteAsync();
        _events.Subscribe(first);
        _events.Subscribe(late);
        await ended;
        Say(2);
        (first.IsOver, late.IsOver).Should().Be((true, true));
        first.Heard.Should().Equal(1);
        late.Heard.Should().BeEmpty();
    }

    [Fact]
    public void One_that_throws_or_leaves_disturbs_nobody()
    {
        Listener sound = new();
        Listener leaving = new();
        _events.Subscribe(new Listener { Act = _ => throw new InvalidOperationException() });
        var subscription = _events.Subscribe(leaving);
        _events.Subscribe(sound);
        Say(1);
        subscription.Dispose();
        Say(2);
        sound.Heard.Should().Equal(1, 2);
        leaving.Heard.Should().Equal(1);
    }

    [Fact]
    public void What_an_observer_brings_about_comes_after_what_it_hears()
    {
        Listener listener = new();
        _events.Subscribe(new Listener { Act = number => Say(number < 3 ? [number + 1] : []) });
        _events.Subscribe(listener);
        Say(1);
        listener.Heard.Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task The_end_is_waited_for_while_another_thread_tells()
    {
        using ManualResetEventSlim goOn = new(), isTold = new();
        Listener slow = new()
        {
            Act = _ =>
            {
                isTold.Set();
                goOn.Wait(TimeSpan.FromSeconds(20));
            },
        };
        _events.Subscribe(slow);
        var telling = Task.Run(() => Say(1));
        isTold.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue();
        var ended = _events.CompleteAsync();
        ended.IsCompleted.Should().BeFalse();
        goOn.Set();
        await ended.WaitAsync(TimeSpan.FromSeconds(20));
        slow.IsOver.Should().BeTrue();
        await telling;
    }

    [Fact]
    public void An_observer_may_end_the_events_from_within()
    {
        Listener listener = new() { Act = _ => _events.CompleteAsync().IsCompleted.Should().BeTrue() };
        _events.Subscribe(listener);
        Say(1);
        listener.IsOver.Should().BeTrue();
    }

    private void Say(params int[] numbers)
    {
        foreach (var number in numbers)
            _events.Post(number);
        _events.Tell();
    }

    private sealed class Listener : IObserver<int>
    {
        private readonly List<int> _heard = [];

        public Action<int>? Act { get; init; }

        public IReadOnlyList<int> Heard => _heard;

        public bool IsOver { get; private set; }

        public void OnNext(int value)
        {
            _heard.Add(value);
            Act?.Invoke(value);
        }

        public void OnCompleted() => IsOver = true;

        public void OnError(Exception error) => throw error;
    }
}
