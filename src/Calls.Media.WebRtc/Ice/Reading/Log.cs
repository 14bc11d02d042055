using Microsoft.Extensions.Logging;

namespace Calls.Media.WebRtc.Ice;

internal static partial class Log
{
    [LoggerMessage(3204, LogLevel.Warning, "What came to {Address} could not be handled, and is lost. It is told once; what comes later is handled, or lost, all the same.")]
    public static partial void DatagramFailed(ILogger logger, Stun.TransportAddress address, Exception exception);
}
