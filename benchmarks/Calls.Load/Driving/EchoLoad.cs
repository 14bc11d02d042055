namespace Calls.Load;

/// <summary>Connections with some messages in flight each: whatever comes back is sent again.</summary>
internal static class EchoLoad
{
    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int connections, int inFlight, Meter meter)
    {
        var message = Texts.Candidate("0f8fad5b-d9cb-469f-a165-70867728950e", 2);
        var sockets = await Task.WhenAll(Enumerable.Range(0, connections).Select(connect));
        foreach (var socket in sockets)
            _ = EchoAsync(socket, message, inFlight, meter);
        await meter.MeasureAsync();
    }

    private static async Task EchoAsync(ILoadSocket socket, byte[] message, int inFlight, Meter meter)
    {
        for (var i = 0; i < inFlight; i++)
            await socket.SendAsync(message);
        while (!meter.Over.IsCancellationRequested && !(await socket.ReceiveAsync()).IsEmpty)
        {
            meter.Count();
            await socket.SendAsync(message);
        }
    }
}
