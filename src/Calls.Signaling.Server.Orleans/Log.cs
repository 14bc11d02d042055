using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server.Orleans;

/// <summary>What the cluster says. Nothing here names a user, a device, a token or an address.</summary>
internal static partial class Log
{
    [LoggerMessage(2301, LogLevel.Debug, "Call {CallId} rings.")]
    public static partial void CallStarted(ILogger logger, CallId callId);

    [LoggerMessage(2302, LogLevel.Debug, "Call {CallId} is over and forgotten.")]
    public static partial void CallForgotten(ILogger logger, CallId callId);

    [LoggerMessage(2303, LogLevel.Debug, "Call {CallId} was recalled from the storage.")]
    public static partial void CallRecalled(ILogger logger, CallId callId);

    [LoggerMessage(2304, LogLevel.Warning, "A call could not be stored or recalled; it is asked anew what is true.")]
    public static partial void NotStored(ILogger logger, Exception exception);

    [LoggerMessage(2305, LogLevel.Warning, "The reminder of a call failed; the call goes on without.")]
    public static partial void ReminderFailed(ILogger logger, Exception exception);

    [LoggerMessage(2306, LogLevel.Debug, "Another node or grain did not answer; it is asked again.")]
    public static partial void NotDelivered(ILogger logger, Exception exception);

    [LoggerMessage(2307, LogLevel.Error, "The cluster did not answer for too long; the connection closes, so that its client connects anew.")]
    public static partial void Unavailable(ILogger logger);

    [LoggerMessage(2308, LogLevel.Information, "A node has died; {Calls} calls that have connections here are woken.")]
    public static partial void NodeGone(ILogger logger, int calls);

    [LoggerMessage(2309, LogLevel.Error, "What was stored of a {What} cannot be read by this version; it begins anew without.")]
    public static partial void Unreadable(ILogger logger, string what, Exception exception);
}
