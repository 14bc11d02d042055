namespace Calls.Load;

/// <summary>Pairs that make one call of ten messages after another: initiate, ringing, answer, three candidates from each side, end.</summary>
internal static class CallLoad
{
    private const int CandidatesPerSide = 3;

    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int pairs, Meter meter)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(connect));
        for (var i = 0; i < pairs; i++)
            _ = RepeatAsync(sockets[2 * i], sockets[2 * i + 1], callee: 2 * i + 1, meter);
        await meter.MeasureAsync();
    }

    /// <summary>One call between the callee and whoever is at the other socket.</summary>
    public static async Task CallAsync(ILoadSocket alice, ILoadSocket bob, int callee)
    {
        var id = Guid.NewGuid().ToString("D");
        await alice.SendAsync(Texts.Initiate(id, callee));
        await RouteLoad.UntilAsync(bob, "call:offer"u8);
        await bob.SendAsync(Texts.Ringing(id));
        await bob.SendAsync(Texts.Answer(id, 2));
        await RouteLoad.UntilAsync(alice, "call:answer"u8);
        for (var i = 0; i < CandidatesPerSide; i++)
        {
            await alice.SendAsync(Texts.Candidate(id, i + 2));
            await bob.SendAsync(Texts.Candidate(id, i + 3));
        }

        for (var i = 0; i < CandidatesPerSide; i++)
            await RouteLoad.UntilAsync(bob, "call:ice-candidate"u8);
        await alice.SendAsync(Texts.End(id, CandidatesPerSide + 2));
        await RouteLoad.UntilAsync(bob, "call:end"u8);
    }

    private static async Task RepeatAsync(ILoadSocket alice, ILoadSocket bob, int callee, Meter meter)
    {
        while (!meter.Over.IsCancellationRequested)
        {
            await CallAsync(alice, bob, callee);
            meter.Count();
        }
    }
}
