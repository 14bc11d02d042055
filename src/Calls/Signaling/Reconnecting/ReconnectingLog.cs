using Microsoft.Extensions.Logging;

namespace Calls.Signaling;

/// <summary>What every channel logs. No line holds an address, a token, a user, a device, or a word of a message; exceptions of the network name
/// addresses, so that they appear by their type only.</summary>
internal static partial class ReconnectingLog
{
    [LoggerMessage(3000, LogLevel.Debug, "Connecting, attempt {Attempt}.")]
    public static partial void Connecting(ILogger logger, int attempt);

    [LoggerMessage(3001, LogLevel.Information, "Signaling is connected.")]
    public static partial void Connected(ILogger logger);

    [LoggerMessage(3002, LogLevel.Warning, "Signaling is not connected: {Reason} ({Cause}) Next attempt in {Delay}.")]
    public static partial void Lost(ILogger logger, string reason, string cause, TimeSpan delay);

    [LoggerMessage(3003, LogLevel.Error, "Signaling is closed for good: {Reason} ({Cause})")]
    public static partial void GivenUp(ILogger logger, string reason, string cause);

    [LoggerMessage(3004, LogLevel.Debug, "Signaling was stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(3010, LogLevel.Debug, "A new connection took the place of one that would expire.")]
    public static partial void Renewed(ILogger logger);

    [LoggerMessage(3008, LogLevel.Error, "An observer of the channel threw {Exception}; it stays subscribed.")]
    public static partial void ObserverThrew(ILogger logger, string exception);

    [LoggerMessage(3009, LogLevel.Debug, "What the observer threw.")]
    public static partial void ObserverThrewDetail(ILogger logger, Exception exception);
}
