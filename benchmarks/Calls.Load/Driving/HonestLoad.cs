using System.Globalization;

namespace Calls.Load;

/// <summary>Pairs in calls whose two sides say something ten times a second each, whatever the server does, and what each message takes: one figure for each window of time, until the process is ended.
/// At an echo each says the same to himself.</summary>
internal static class HonestLoad
{
    /// <summary>How long each figure is counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly Lock Gate = new();
    private static List<long> _taken = [];

    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int pairs)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(connect));
        for (var i = 0; i < pairs; i++)
            _ = TalkAsync(sockets[2 * i], sockets[2 * i + 1], callee: 2 * i + 1);
        await MeasureAsync();
    }

    public static async Task RunEchoAsync(Func<int, Task<ILoadSocket>> connect, int pairs)
    {
        foreach (var socket in await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(connect)))
            _ = TalkToHimselfAsync(socket);
        await MeasureAsync();
    }

    private static async Task MeasureAsync()
    {
        await Task.Delay(WarmUp, TimeProvider.System);
        Console.WriteLine(LoadProcess.Begin);
        Take();
        while (true)
        {
            await Task.Delay(Window, TimeProvider.System);
            var taken = Take();
            Meter.Say("count", taken.Count);
            Meter.SayTimes(taken);
        }
    }

    private static async Task TalkAsync(ILoadSocket alice, ILoadSocket bob, int callee)
    {
        var id = $"call-{callee.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}";
        await alice.SendAsync(Texts.Initiate(id, callee));
        await RouteLoad.UntilAsync(bob, "call:offer"u8);
        await bob.SendAsync(Texts.Answer(id, 1));
        await RouteLoad.UntilAsync(alice, "call:answer"u8);
        await NotAllInOneMomentAsync();
        await Task.WhenAll(OneWayAsync(alice, bob, id), OneWayAsync(bob, alice, id));
    }

    private static async Task TalkToHimselfAsync(ILoadSocket socket)
    {
        await NotAllInOneMomentAsync();
        await OneWayAsync(socket, socket, $"call-{Guid.NewGuid():N}");
    }

    private static Task NotAllInOneMomentAsync() => Task.Delay(Random.Shared.NextDouble() * Beat, TimeProvider.System);

    // What one says arrives in its order.
    private static async Task OneWayAsync(ILoadSocket from, ILoadSocket to, string call)
    {
        System.Collections.Concurrent.ConcurrentQueue<long> sentAt = new();
        _ = HearAsync();
        using PeriodicTimer beat = new(Beat, TimeProvider.System);
        for (var seq = 2; await beat.WaitForNextTickAsync(); seq++)
        {
            sentAt.Enqueue(TimeProvider.System.GetTimestamp());
            await from.SendAsync(Texts.Media(call, seq));
        }

        async Task HearAsync()
        {
            while (!(await RouteLoad.UntilAsync(to, "call:media"u8)).IsEmpty)
            {
                if (!sentAt.TryDequeue(out var at))
                    continue;
                var ticks = TimeProvider.System.GetTimestamp() - at;
                lock (Gate)
                    _taken.Add(ticks);
            }
        }
    }

    private static List<long> Take()
    {
        lock (Gate)
        {
            var taken = _taken;
            _taken = [];
            return taken;
        }
    }
}
