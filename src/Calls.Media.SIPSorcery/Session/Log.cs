using Microsoft.Extensions.Logging;

namespace Calls.Media.SIPSorcery.Session;

internal static partial class Log
{
    [LoggerMessage(3401, LogLevel.Debug, "SIPSorcery refused a description: {Reason}")]
    public static partial void DescriptionRefused(ILogger logger, string reason);

    [LoggerMessage(3402, LogLevel.Warning, "What takes the other side's sound or pictures failed; the call goes on.")]
    public static partial void OutputFailed(ILogger logger, Exception exception);

    [LoggerMessage(3403, LogLevel.Debug, "{Count} remote candidates were passed over.")]
    public static partial void CandidatesPassedOver(ILogger logger, int count);

    [LoggerMessage(3404, LogLevel.Warning, "A microphone, a camera or a screen failed; the call goes on.")]
    public static partial void DeviceFailed(ILogger logger, Exception exception);

    [LoggerMessage(3405, LogLevel.Debug, "SIPSorcery failed while it closed a connection.")]
    public static partial void ClosingFailed(ILogger logger, Exception exception);
}
