using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server;

/// <summary>What the router says. Nothing here names a user, a device, a token or an address.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Debug, "Call {CallId} rings.")]
    public static partial void CallStarted(ILogger logger, CallId callId);

    [LoggerMessage(2002, LogLevel.Debug, "Call {CallId} is over and forgotten.")]
    public static partial void CallForgotten(ILogger logger, CallId callId);

    [LoggerMessage(2003, LogLevel.Debug, "A message was refused: {Code}.")]
    public static partial void MessageRefused(ILogger logger, string code);

    [LoggerMessage(2004, LogLevel.Error, "The call directory failed; the caller was told that nobody can be reached.")]
    public static partial void DirectoryFailed(ILogger logger, Exception exception);

    [LoggerMessage(2005, LogLevel.Error, "The call notifier failed; the call rings on.")]
    public static partial void NotifierFailed(ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "The ICE server provider failed; the client was given the servers of the options.")]
    public static partial void IceServersFailed(ILogger logger, Exception exception);

    [LoggerMessage(2007, LogLevel.Error, "The call log failed; a call that is over was not written down.")]
    public static partial void CallLogFailed(ILogger logger, Exception exception);
}
