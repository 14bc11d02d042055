using Calls.Media.SIPSorcery.Session;
using Calls.Media.SIPSorcery.Tests.People;
using Calls.Media.WebRtc.Tests.Session;

namespace Calls.Media.SIPSorcery.Tests.Session;

/// <summary>Many calls at once, and many one after another. Alone in the process: its sockets, threads and timers are counted.</summary>
[Collection(Alone)]
public class ManyCallsTests
{
    public const string Alone = "alone in the process";

    private static Person Somebody(double tone) => new(tone, configure: options => options.Loudspeaker = () => new Ear());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_fifty_calls_at_once_none_fails(bool ofOneEngine)
    {
        var caller = Somebody(440);
        var callee = ofOneEngine ? caller : Somebody(660);
        var since = TimeProvider.System.GetTimestamp();
        var talks = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Talk.ConnectAsync(caller.Source, callee.Source))));
        TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Talk.Patience);
        talks.Should().OnlyContain(talk => talk.First.States.All(state => state != MediaConnectionState.Failed) && talk.Second.States.All(state => state != MediaConnectionState.Failed));
        await Task.WhenAll(talks.SelectMany(talk => new[] { talk.First, talk.Second }).Select(HearsAsync));
        await Task.WhenAll(talks.Select(talk => talk.DisposeAsync().AsTask()));
        (Handshakes.OfAnswerers.Free, Handshakes.OfOfferers.Free).Should().Be((Handshakes.Most, Handshakes.Most));
    }

    [Fact]
    public async Task B46_B47_Two_hundred_calls_leave_no_socket_no_thread_and_no_timer_behind()
    {
        var (caller, callee) = (Somebody(440), Somebody(660));
        await CallAsync(caller, callee, 5);
        await Talk.Until(() => Threads() == 0, () => $"{Threads()} threads stay");
        var (sockets, timers) = (ThisProcess.Sockets, Timer.ActiveCount);
        await CallAsync(caller, callee, 195);
        await Talk.Until(
            () => Threads() == 0 && ThisProcess.Sockets <= sockets && Timer.ActiveCount <= timers + 2,
            () => $"{Threads()} threads, {ThisProcess.Sockets - sockets} sockets and {Timer.ActiveCount - timers} timers stay");
    }

    [Fact]
    public async Task B46_B47_Connections_that_come_to_nothing_leave_nothing_either()
    {
        var somebody = Somebody(440);
        await BeginAsync(somebody, 5);
        var (sockets, timers) = (ThisProcess.Sockets, Timer.ActiveCount);
        await BeginAsync(somebody, 40);
        await Talk.Until(
            () => Threads() == 0 && ThisProcess.Sockets <= sockets && Timer.ActiveCount <= timers + 2,
            () => $"{Threads()} threads, {ThisProcess.Sockets - sockets} sockets and {Timer.ActiveCount - timers} timers stay");
    }

    private static async Task HearsAsync(Talk.Side side)
    {
        long? received = 0;
        await Talk.Until(() => (received = side.StatisticsAsync().Result.PacketsReceived) > 5, () => $"it received {received} packets");
    }

    private static async Task CallAsync(Person caller, Person callee, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await using var talk = await Talk.ConnectAsync(caller.Source, callee.Source);
            ThisProcess.Sockets.Should().BeGreaterThan(0);
        }
    }

    /// <summary>Each ends at another moment of its making.</summary>
    private static async Task BeginAsync(Person somebody, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await using var talk = await Talk.BeginAsync(somebody.Source, somebody.Source);
            if (i % 5 > 0)
            {
                var offer = await talk.First.Session.CreateOfferAsync();
                if (i % 5 > 1)
                    _ = await talk.Second.Session.AnswerOfferAsync(offer);
                if (i % 5 > 2)
                    _ = talk.First.Session.TakeAnswerAsync("v=0");
                if (i % 5 > 3)
                    _ = talk.First.Session.CreateOfferAsync();
            }
        }
    }

    // SIPSorcery has a thread of its own for each connection.
    private static int Threads() => ThisProcess.Threads("rtcsctp");
}

[CollectionDefinition(ManyCallsTests.Alone, DisableParallelization = true)]
public class AloneInTheProcess;
