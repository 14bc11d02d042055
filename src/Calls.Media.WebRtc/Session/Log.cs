using Microsoft.Extensions.Logging;

namespace Calls.Media.WebRtc.Session;

internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Debug, "The handshake failed: {Reason}")]
    public static partial void HandshakeFailed(ILogger logger, string reason);

    [LoggerMessage(3202, LogLevel.Warning, "What takes the other side's sound or pictures failed, and is closed; the call goes on.")]
    public static partial void OutputFailed(ILogger logger, Exception exception);

    [LoggerMessage(3203, LogLevel.Debug, "{Count} remote candidates were passed over.")]
    public static partial void CandidatesPassedOver(ILogger logger, int count);
}
