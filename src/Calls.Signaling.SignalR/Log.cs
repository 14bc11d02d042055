using Microsoft.Extensions.Logging;

namespace Calls.Signaling.SignalR;

/// <summary>What the channel logs besides what every channel does. No line holds an address, a token, a user, a device, or a word of a message.</summary>
internal static partial class Log
{
    [LoggerMessage(3105, LogLevel.Warning, "A text of {Bytes} bytes that is no message of the protocol was dropped.")]
    public static partial void MalformedDropped(ILogger logger, int bytes);

    [LoggerMessage(3106, LogLevel.Warning, "An argument that is neither JSON nor its text was dropped.")]
    public static partial void ForeignDropped(ILogger logger);

    [LoggerMessage(3107, LogLevel.Warning, "A message of more than {Limit} bytes arrived; the connection is made again.")]
    public static partial void TooLarge(ILogger logger, int limit);
}
