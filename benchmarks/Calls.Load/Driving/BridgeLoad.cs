namespace Calls.Load;

/// <summary>Pairs with some messages in flight each: whatever arrives at one side is answered by the other.</summary>
internal static class BridgeLoad
{
    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int pairs, int inFlight, Meter meter)
    {
        var message = Texts.Candidate("0f8fad5b-d9cb-469f-a165-70867728950e", 2);
        var sockets = await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(connect));
        foreach (var socket in sockets)
            await socket.ReceiveAsync();
        for (var i = 0; i < sockets.Length; i++)
            _ = AnswerAsync(sockets[i], message, i % 2 == 0 ? inFlight : 0, meter);
        await meter.MeasureAsync();
    }

    private static async Task AnswerAsync(ILoadSocket socket, byte[] message, int first, Meter meter)
    {
        for (var i = 0; i < first; i++)
            await socket.SendAsync(message);
        while (!meter.Over.IsCancellationRequested && !(await socket.ReceiveAsync()).IsEmpty)
        {
            meter.Count();
            await socket.SendAsync(message);
        }
    }
}
