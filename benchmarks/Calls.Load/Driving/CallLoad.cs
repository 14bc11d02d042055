namespace Calls.Load;

/// <summary>Pairs that make one call of ten messages after another: initiate, ringing, answer, three candidates from each side, end.</summary>
internal static class CallLoad
{
    private const int CandidatesPerSide = 3;
    private static readonly byte[] Offer = "call:offer"u8.ToArray();
    private static readonly byte[] Answer = "call:answer"u8.ToArray();
    private static readonly byte[] Candidate = "call:ice-candidate"u8.ToArray();
    private static readonly byte[] Over = "call:end"u8.ToArray();

    /// <summary>As clients call: the candidates follow the description that they belong to, and wait for nothing.</summary>
    public static Task RunAsync(Func<int, Task<ILoadSocket>> connect, int pairs, Meter meter) => RunAsync(connect, pairs, CallAsync, meter);

    /// <summary>The same ten messages in step: candidates only once both sides have a description.</summary>
    public static Task RunInStepAsync(Func<int, Task<ILoadSocket>> connect, int pairs, Meter meter) => RunAsync(connect, pairs, CallInStepAsync, meter);

    /// <summary>The same ten messages, sent together and waited for as in <see cref="CallAsync"/>, to a server that sends them back.</summary>
    public static Task RunEchoAsync(Func<int, Task<ILoadSocket>> connect, int pairs, Meter meter) => RunAsync(connect, pairs, EchoAsync, meter);

    /// <summary>One call between the callee and whoever is at the other socket.</summary>
    public static async Task CallAsync(ILoadSocket alice, ILoadSocket bob, int callee)
    {
        var id = Guid.NewGuid().ToString("D");
        await alice.SendAsync(Texts.Initiate(id, callee));
        await TrickleAsync(alice, id, first: 2);
        await RouteLoad.UntilAsync(bob, Offer);
        await bob.SendAsync(Texts.Ringing(id));
        await bob.SendAsync(Texts.Answer(id, 2));
        await TrickleAsync(bob, id, first: 3);
        await RouteLoad.UntilAsync(alice, Answer);
        await UntilTrickledAsync(alice);
        await UntilTrickledAsync(bob);
        await alice.SendAsync(Texts.End(id, CandidatesPerSide + 2));
        await RouteLoad.UntilAsync(bob, Over);
    }

    private static async Task CallInStepAsync(ILoadSocket alice, ILoadSocket bob, int callee)
    {
        var id = Guid.NewGuid().ToString("D");
        await alice.SendAsync(Texts.Initiate(id, callee));
        await RouteLoad.UntilAsync(bob, Offer);
        await bob.SendAsync(Texts.Ringing(id));
        await bob.SendAsync(Texts.Answer(id, 2));
        await RouteLoad.UntilAsync(alice, Answer);
        for (var i = 0; i < CandidatesPerSide; i++)
        {
            await alice.SendAsync(Texts.Candidate(id, i + 2));
            await bob.SendAsync(Texts.Candidate(id, i + 3));
        }

        await UntilTrickledAsync(bob);
        await alice.SendAsync(Texts.End(id, CandidatesPerSide + 2));
        await RouteLoad.UntilAsync(bob, Over);
    }

    private static async Task EchoAsync(ILoadSocket alice, ILoadSocket bob, int callee)
    {
        var id = Guid.NewGuid().ToString("D");
        await alice.SendAsync(Texts.Initiate(id, callee));
        await TrickleAsync(alice, id, first: 2);
        await RouteLoad.UntilAsync(alice, "call:initiate"u8);
        await bob.SendAsync(Texts.Ringing(id));
        await bob.SendAsync(Texts.Answer(id, 2));
        await TrickleAsync(bob, id, first: 3);
        await RouteLoad.UntilAsync(bob, Answer);
        await UntilTrickledAsync(bob);
        await UntilTrickledAsync(alice);
        await alice.SendAsync(Texts.End(id, CandidatesPerSide + 2));
        await RouteLoad.UntilAsync(alice, Over);
    }

    private static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int pairs, Func<ILoadSocket, ILoadSocket, int, Task> call, Meter meter)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(connect));
        for (var i = 0; i < pairs; i++)
            _ = RepeatAsync(sockets[2 * i], sockets[2 * i + 1], callee: 2 * i + 1, call, meter);
        await meter.MeasureAsync();
    }

    private static async Task RepeatAsync(ILoadSocket alice, ILoadSocket bob, int callee, Func<ILoadSocket, ILoadSocket, int, Task> call, Meter meter)
    {
        while (!meter.Over.IsCancellationRequested)
        {
            await call(alice, bob, callee);
            meter.Count();
        }
    }

    private static async Task TrickleAsync(ILoadSocket from, string call, int first)
    {
        for (var i = 0; i < CandidatesPerSide; i++)
            await from.SendAsync(Texts.Candidate(call, first + i));
    }

    private static async Task UntilTrickledAsync(ILoadSocket to)
    {
        for (var i = 0; i < CandidatesPerSide; i++)
            await RouteLoad.UntilAsync(to, Candidate);
    }
}
