using Microsoft.Extensions.Logging;

namespace Calls.Signaling.WebSockets;

/// <summary>What the channel logs besides what every channel does. No line holds an address, a token, a user, a device, or a word of a message; exceptions of the network name addresses, so
/// that they appear by their type only.</summary>
internal static partial class Log
{
    [LoggerMessage(3005, LogLevel.Warning, "A text of {Bytes} bytes that is no message of the protocol was dropped.")]
    public static partial void MalformedDropped(ILogger logger, int bytes);

    [LoggerMessage(3006, LogLevel.Warning, "A binary message of {Bytes} bytes was dropped.")]
    public static partial void BinaryDropped(ILogger logger, int bytes);

    [LoggerMessage(3007, LogLevel.Warning, "A message of more than {Limit} bytes arrived; the connection is made again.")]
    public static partial void TooLarge(ILogger logger, int limit);
}
