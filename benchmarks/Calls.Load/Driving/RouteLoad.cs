namespace Calls.Load;

/// <summary>Pairs in calls with some candidates in flight from each side, as many as an echo has; one alone goes to and fro. Whatever arrives at one side is answered by a candidate
/// of the other. A call has as many as the server's default allows, and then makes room for the next. Every message counts that one user sent and the other received.</summary>
internal static class RouteLoad
{
    private const int CandidatesPerSide = 250;
    private static readonly byte[] Offer = "call:offer"u8.ToArray();
    private static readonly byte[] Answer = "call:answer"u8.ToArray();
    private static readonly byte[] Candidate = "call:ice-candidate"u8.ToArray();
    private static readonly byte[] End = "call:end"u8.ToArray();

    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int pairs, int inFlight, Meter meter)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(connect));
        for (var i = 0; i < pairs; i++)
            _ = TalkAsync(sockets[2 * i], sockets[2 * i + 1], callee: 2 * i + 1, inFlight, meter);
        await meter.MeasureAsync();
    }

    private static async Task TalkAsync(ILoadSocket alice, ILoadSocket bob, int callee, int inFlight, Meter meter)
    {
        while (!meter.Over.IsCancellationRequested)
        {
            // As long as the one in what the echo is sent.
            var id = Guid.NewGuid().ToString();
            await alice.SendAsync(Texts.Initiate(id, callee));
            await CountAsync(bob, Offer, meter);
            await bob.SendAsync(Texts.Answer(id, 1));
            await CountAsync(alice, Answer, meter);
            await Task.WhenAll(SideAsync(alice, id, inFlight, meter), SideAsync(bob, id, inFlight > 1 ? inFlight : 0, meter));
            await alice.SendAsync(Texts.End(id, CandidatesPerSide + 2));
            await CountAsync(bob, End, meter);
        }
    }

    /// <summary>Sends what is in flight first, and then a candidate for each that arrives; done when all of the other side's have arrived.</summary>
    private static async Task SideAsync(ILoadSocket socket, string call, int inFlight, Meter meter)
    {
        var candidate = new CandidateText(call);
        var sentAt = new Queue<long>();
        var sent = 0;
        for (; sent < inFlight; sent++)
            await SendAsync();
        for (var received = 0; received < CandidatesPerSide; received++)
        {
            if ((await UntilAsync(socket, Candidate)).IsEmpty)
                return;
            meter.Count();
            if (sentAt.TryDequeue(out var at))
                meter.Latency((TimeProvider.System.GetTimestamp() - at) / 2);
            if (sent < CandidatesPerSide)
            {
                await SendAsync();
                sent++;
            }
        }

        ValueTask SendAsync()
        {
            // Only what is alone in flight has a time of its own.
            if (inFlight <= 1)
                sentAt.Enqueue(TimeProvider.System.GetTimestamp());
            return socket.SendAsync(candidate.Of(sent + 2));
        }
    }

    /// <summary>What begins and ends a call is routed like any message.</summary>
    private static async Task CountAsync(ILoadSocket socket, byte[] type, Meter meter)
    {
        if (!(await UntilAsync(socket, type)).IsEmpty)
            meter.Count();
    }

    internal static async ValueTask<ReadOnlyMemory<byte>> UntilAsync(ILoadSocket socket, ReadOnlyMemory<byte> type)
    {
        while (true)
        {
            var message = await socket.ReceiveAsync();
            if (message.IsEmpty || Texts.Is(message.Span, type.Span))
                return message;
            if (Texts.Is(message.Span, "call:error"u8))
                throw new InvalidOperationException($"The server refused: {System.Text.Encoding.UTF8.GetString(message.Span)}");
        }
    }

    internal static ValueTask<ReadOnlyMemory<byte>> UntilAsync(ILoadSocket socket, ReadOnlySpan<byte> type) => UntilAsync(socket, (ReadOnlyMemory<byte>)type.ToArray());
}
