using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server;

/// <summary>What a server says that stops.</summary>
internal static partial class DrainLog
{
    [LoggerMessage(2401, LogLevel.Information, "The server stops; {Connections} connections are told to come back.")]
    public static partial void Draining(ILogger logger, int connections);

    [LoggerMessage(2402, LogLevel.Information, "The server has said goodbye; {Connections} connections did not take it in time.")]
    public static partial void Drained(ILogger logger, int connections);
}
