namespace Calls.Load;

/// <summary>Pairs that are in one call each from before the measured time until after it, and send candidates to and fro: what a candidate costs when no call begins or ends. Slowly enough
/// that no call has all that it may have before the time is over.</summary>
internal static class SteadyLoad
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);
    private static readonly byte[] Candidate = "call:ice-candidate"u8.ToArray();

    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int pairs, Meter meter)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(connect));
        for (var i = 0; i < pairs; i++)
            _ = TalkAsync(sockets[2 * i], sockets[2 * i + 1], callee: 2 * i + 1, meter);
        await meter.MeasureAsync();
    }

    private static async Task TalkAsync(ILoadSocket alice, ILoadSocket bob, int callee, Meter meter)
    {
        var id = $"call-{callee}-{Guid.NewGuid():N}";
        var candidate = new CandidateText(id);
        await alice.SendAsync(Texts.Initiate(id, callee));
        await RouteLoad.UntilAsync(bob, "call:offer"u8);
        await bob.SendAsync(Texts.Answer(id, 1));
        await RouteLoad.UntilAsync(alice, "call:answer"u8);
        for (var seq = 2; !meter.Over.IsCancellationRequested; seq++)
        {
            await PassAsync(alice, bob);
            await PassAsync(bob, alice);
            await Task.Delay(Pause, TimeProvider.System);

            async Task PassAsync(ILoadSocket from, ILoadSocket to)
            {
                await from.SendAsync(candidate.Of(seq));
                if (!(await RouteLoad.UntilAsync(to, Candidate)).IsEmpty)
                    meter.Count();
            }
        }
    }
}
