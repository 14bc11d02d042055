namespace Calls.Signaling.Server.Tests;

/// <summary>X10 by the clock: who is called some hundred times, and what the caller could learn from when he is answered.</summary>
public abstract class TimingCases
{
    // By chance 5 come once in two million. With Orleans an absent user who was never called strays by some 2, and by 7 to 9 where nobody stood in for those who are not there.
    private protected const double Bound = 6;
    private const int Rounds = 400;
    private const int RoundsACaller = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Calls each kind once a round. <paramref name="areNew"/>: nobody is called twice.</summary>
    /// <param name="server">Where.</param>
    /// <param name="kinds">Who is called.</param>
    /// <param name="areNew">Whether each round calls others.</param>
    /// <returns>When the server had taken the call, and when it ended.</returns>
    private protected static async Task<(Timings First, Timings End)> MeasureAsync(ICallServer server, string[] kinds, bool areNew)
    {
        Random random = new(10);
        (Timings First, Timings End) timings = (new(kinds), new(kinds));
        List<Task> ending = [];
        using var online = await server.OpenAsync(Lookalikes.BlockingAndOnline, "d1");
        Stopwatcher? caller = null;
        for (var round = -RoundsACaller; round < Rounds; round++)
        {
            if (round % RoundsACaller == 0)
                caller = await EnterAsync(server, $"alice{round}");
            var order = Enumerable.Range(0, kinds.Length).ToArray();
            random.Shuffle(order);
            var first = new double[kinds.Length];
            var end = new Task<double>[kinds.Length];
            foreach (var kind in order)
                (first[kind], end[kind]) = await caller!.CallAsync(areNew ? $"{kinds[kind]}{round}" : kinds[kind]);

            // The first rounds are those in which the code is compiled.
            if (round < 0)
                continue;
            timings.First.Add(first);
            ending.Add(Task.Run(async () =>
            {
                var times = await Task.WhenAll(end);
                lock (timings.End)
                    timings.End.Add(times);
            }));
        }

        await Task.WhenAll(ending).WaitAsync(Patience);
        return timings;
    }

    private static async Task<Stopwatcher> EnterAsync(ICallServer server, string user)
    {
        var socket = await server.OpenAsync(user, "a1");
        await socket.NextAsync<WelcomeMessage>();
        Stopwatcher caller = new(socket);
        _ = caller.ReadAsync();
        return caller;
    }
}
