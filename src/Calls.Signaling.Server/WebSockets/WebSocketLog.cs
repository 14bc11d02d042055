using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server;

/// <summary>What the WebSocket front end says. Nothing here names a user, a device, a token or an address.</summary>
internal static partial class WebSocketLog
{
    [LoggerMessage(2101, LogLevel.Debug, "A WebSocket opened.")]
    public static partial void Opened(ILogger logger);

    [LoggerMessage(2102, LogLevel.Debug, "A WebSocket closed.")]
    public static partial void Closed(ILogger logger);

    [LoggerMessage(2103, LogLevel.Debug, "A WebSocket broke.")]
    public static partial void Broken(ILogger logger, Exception exception);

    [LoggerMessage(2104, LogLevel.Debug, "A WebSocket request was refused with status {Status}.")]
    public static partial void UpgradeRefused(ILogger logger, int status);
}
