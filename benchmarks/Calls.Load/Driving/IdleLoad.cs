namespace Calls.Load;

/// <summary>Connections that do nothing, until the process is ended.</summary>
internal static class IdleLoad
{
    private const int AtOnce = 32;

    public static async Task RunAsync(Func<int, Task<ILoadSocket>> connect, int connections)
    {
        await OpenAsync(connect, connections);
        Console.WriteLine(LoadProcess.Begin);
        await Task.Delay(TimeSpan.FromMinutes(2), TimeProvider.System);
    }

    public static async Task<ILoadSocket[]> OpenAsync(Func<int, Task<ILoadSocket>> connect, int connections)
    {
        var sockets = new ILoadSocket[connections];
        await Parallel.ForAsync(0, connections, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => sockets[i] = await ListeningSocket.OnAsync(connect(i)));
        return sockets;
    }
}
