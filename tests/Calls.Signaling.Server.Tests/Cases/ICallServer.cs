namespace Calls.Signaling.Server.Tests;

/// <summary>A server that the cases run on, wherever it has its calls.</summary>
internal interface ICallServer : IAsyncDisposable
{
    /// <summary>Connects a device; the welcome is still to come.</summary>
    Task<CallSocket> OpenAsync(string user, string device);

    /// <summary>Tears a connection down without a word. A server whose clock is the test's knows it then.</summary>
    Task LoseAsync(CallSocket socket);

    /// <summary>Lets time go by. Returns how much has: nothing where the clock is the system's, and a test waits for what comes.</summary>
    TimeSpan Pass(TimeSpan time);
}
