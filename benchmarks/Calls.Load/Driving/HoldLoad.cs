namespace Calls.Load;

/// <summary>Signed-in users, all connected, each of whom calls his neighbour in turn.</summary>
internal static class HoldLoad
{
    private const int AtOnce = 16;

    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int users, Meter meter)
    {
        var sockets = await IdleLoad.OpenAsync(connect, users);
        foreach (var socket in sockets)
            await RouteLoad.UntilAsync(socket, "call:welcome"u8);
        Console.WriteLine(LoadProcess.Begin);
        var calls = 0;
        await Parallel.ForAsync(0, users / 2, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (pair, _) =>
        {
            var (one, other) = (2 * pair, 2 * pair + 1);
            await CallLoad.CallAsync(sockets[one], sockets[other], other);
            await CallLoad.CallAsync(sockets[other], sockets[one], one);
            Interlocked.Add(ref calls, 2);
        });

        // Whoever was closed meanwhile has a close frame waiting, and no answer to a ping.
        var held = 0;
        await Parallel.ForAsync(0, users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            await sockets[i].SendAsync("""{"type":"call:ping"}"""u8.ToArray());
            if (!(await RouteLoad.UntilAsync(sockets[i], "call:pong"u8)).IsEmpty)
                Interlocked.Increment(ref held);
        });
        Console.WriteLine(LoadProcess.End);
        Meter.Say("held_users", held);
        Meter.Say("count", calls);
    }
}
