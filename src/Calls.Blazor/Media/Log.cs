using Microsoft.Extensions.Logging;

namespace Calls.Blazor;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Debug, "The browser did not take {Count} remote candidates.")]
    public static partial void CandidatesRefused(ILogger logger, int count);

    [LoggerMessage(3002, LogLevel.Debug, "The media module could not be loaded ahead of the first call.")]
    public static partial void ModuleNotLoaded(ILogger logger, Exception exception);
}
