using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server;

/// <summary>What the SignalR front end says. Nothing here names a user, a device, a token or an address.</summary>
internal static partial class HubLog
{
    [LoggerMessage(2111, LogLevel.Debug, "A hub connection takes part in calls.")]
    public static partial void Joined(ILogger logger);

    [LoggerMessage(2112, LogLevel.Debug, "A hub connection takes no part in calls any more.")]
    public static partial void Left(ILogger logger);

    [LoggerMessage(2113, LogLevel.Debug, "A hub connection was refused with status {Status}.")]
    public static partial void Refused(ILogger logger, int status);
}
