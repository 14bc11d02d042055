namespace Calls.Signaling.Server.Tests;

public sealed class SendQueueTests
{
    private static readonly Closing Gone = new(CloseReasons.Gone);

    [Fact]
    public void Whoever_finds_nobody_writing_writes_and_then_what_came_meanwhile()
    {
        SendQueue queue = new(maxWaiting: 2);
        queue.Put("one").Should().Be(SendQueue.Place.Now);
        queue.Put("two").Should().Be(SendQueue.Place.Waits);
        queue.Put("three").Should().Be(SendQueue.Place.Waits);
        queue.Put("four").Should().Be(SendQueue.Place.Full);

        Next(queue).Should().Be("two");
        queue.Put("five").Should().Be(SendQueue.Place.Waits);
        Next(queue).Should().Be("three");
        Next(queue).Should().Be("five");
        Next(queue).Should().BeNull();
        queue.Put("six").Should().Be(SendQueue.Place.Now);
    }

    [Fact]
    public void Who_writes_when_it_closes_says_goodbye_after_what_waits()
    {
        SendQueue queue = new(maxWaiting: 2);
        queue.Put("one");
        queue.Put("two");

        queue.TryClose(Gone, out var isMine).Should().BeTrue();

        isMine.Should().BeFalse();
        queue.Put("three").Should().Be(SendQueue.Place.Closed);
        Next(queue).Should().Be("two");
        queue.TryNext(out _, out var closing).Should().BeFalse();
        closing.Should().BeSameAs(Gone);
        queue.Put("four").Should().Be(SendQueue.Place.Closed);
    }

    [Fact]
    public void Where_nobody_writes_whoever_closes_says_goodbye_and_only_the_first_close_counts()
    {
        SendQueue queue = new(maxWaiting: 2);
        queue.Put("one");
        Next(queue).Should().BeNull();

        queue.TryClose(Gone, out var isMine).Should().BeTrue();

        isMine.Should().BeTrue();
        queue.TryClose(new Closing(ErrorCodes.TooLarge), out _).Should().BeFalse();
        queue.TryNext(out _, out var closing).Should().BeFalse();
        closing.Should().BeSameAs(Gone);
    }

    [Fact]
    public void A_close_that_skips_the_queue_throws_away_what_waits()
    {
        SendQueue queue = new(maxWaiting: 2);
        queue.Put("one");
        queue.Put("two");
        queue.TryClose(Gone with { SkipsQueue = true }, out _);

        queue.TryNext(out _, out var closing).Should().BeFalse();
        closing.Should().NotBeNull();
    }

    [Fact]
    public void Once_it_has_ended_nothing_is_taken_and_nobody_writes()
    {
        SendQueue queue = new(maxWaiting: 2);
        queue.Put("one");
        queue.Put("two");
        queue.End();

        Next(queue).Should().BeNull();
        queue.Put("three").Should().Be(SendQueue.Place.Closed);
        queue.TryClose(Gone, out var isMine);
        isMine.Should().BeFalse();
    }

    [Fact]
    public async Task Many_who_send_at_once_lose_nothing_keep_their_order_and_never_write_two_at_a_time()
    {
        const int Senders = 4, Each = 20_000;
        SendQueue queue = new(maxWaiting: Senders * Each);
        List<(int Sender, int Number)> written = [];
        var writers = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var number = 0; number < Each; number++)
            {
                object? item = (sender, number);
                for (var isMine = queue.Put(item) == SendQueue.Place.Now; isMine; isMine = queue.TryNext(out item, out _))
                {
                    most = Math.Max(most, Interlocked.Increment(ref writers));
                    written.Add(((int, int))item!);
                    if (written.Count % 64 == 0)
                        Thread.Yield();
                    Interlocked.Decrement(ref writers);
                }
            }
        })));

        most.Should().Be(1);
        written.Should().HaveCount(Senders * Each);
        for (var sender = 0; sender < Senders; sender++)
            written.Where(item => item.Sender == sender).Select(item => item.Number).Should().Equal(Enumerable.Range(0, Each));
    }

    private static object? Next(SendQueue queue) => queue.TryNext(out var item, out _) ? item : null;
}
