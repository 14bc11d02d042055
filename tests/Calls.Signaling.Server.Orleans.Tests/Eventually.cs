namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>Waits for what comes to be true by itself, as long as a test waits for anything.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(CallSocket.Patience, TimeProvider.System);
        while (!await condition())
            await Task.Delay(Pause, TimeProvider.System, patience.Token);
    }
}
