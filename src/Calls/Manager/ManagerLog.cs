using Calls.Machine;
using Calls.Signaling;
using Microsoft.Extensions.Logging;

namespace Calls;

/// <summary>An exception's text may hold an address or what a server wrote: at Information and above only its type is told, all of it at Debug.</summary>
internal static partial class ManagerLog
{
    [LoggerMessage(100, LogLevel.Information, "The call is {State}.")]
    public static partial void StateChanged(ILogger logger, CallState state);

    [LoggerMessage(101, LogLevel.Information, "The call ended in {State}: {Reason}, by {By} ({ErrorType}).")]
    private static partial void Ended(ILogger logger, CallState state, CallEndReason reason, CallEndedBy by, string errorType);

    public static void Ended(ILogger logger, CallState state, CallEnd end)
    {
        Ended(logger, state, end.Reason, end.By, TypeOf(end.Error));
        Details(logger, end.Error);
    }

    [LoggerMessage(102, LogLevel.Debug, "{Input} was ignored in {State}.")]
    public static partial void Ignored(ILogger logger, CallRow input, CallState state);

    [LoggerMessage(103, LogLevel.Warning, "{Kind} trouble that does not end the call ({ErrorType}).")]
    private static partial void Trouble(ILogger logger, CallErrorKind kind, string errorType);

    public static void Trouble(ILogger logger, CallError error)
    {
        Trouble(logger, error.Kind, TypeOf(error.Error));
        Details(logger, error.Error);
    }

    [LoggerMessage(104, LogLevel.Error, "An observer threw; it is told the next value all the same.")]
    public static partial void ObserverThrew(ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Information, "A call was missed: {Cause}.")]
    public static partial void Missed(ILogger logger, MissedCallCause cause);

    [LoggerMessage(106, LogLevel.Warning, "The server refused a message: {Code}.")]
    public static partial void ServerRefused(ILogger logger, string code);

    [LoggerMessage(107, LogLevel.Debug, "A message could not be sent now; it follows after the reconnect.")]
    public static partial void SendFailed(ILogger logger, Exception exception);

    [LoggerMessage(108, LogLevel.Debug, "A message was dropped: {Arrival}.")]
    public static partial void Dropped(ILogger logger, Arrival arrival);

    [LoggerMessage(109, LogLevel.Warning, "The signaling channel could not connect ({ErrorType}).")]
    private static partial void ConnectFailed(ILogger logger, string errorType);

    public static void ConnectFailed(ILogger logger, Exception exception)
    {
        ConnectFailed(logger, TypeOf(exception));
        Details(logger, exception);
    }

    [LoggerMessage(110, LogLevel.Debug, "Media order {Order} failed.")]
    public static partial void OrderFailed(ILogger logger, string order, Exception exception);

    [LoggerMessage(111, LogLevel.Warning, "Closing media failed ({ErrorType}).")]
    private static partial void ReleaseFailed(ILogger logger, string errorType);

    public static void ReleaseFailed(ILogger logger, Exception exception)
    {
        ReleaseFailed(logger, TypeOf(exception));
        Details(logger, exception);
    }

    [LoggerMessage(112, LogLevel.Critical, "An input broke the call manager; the call goes on with the next.")]
    public static partial void InputFailed(ILogger logger, Exception exception);

    [LoggerMessage(113, LogLevel.Debug, "What broke.")]
    private static partial void Broke(ILogger logger, Exception exception);

    private static void Details(ILogger logger, Exception? exception)
    {
        if (exception is not null)
            Broke(logger, exception);
    }

    private static string TypeOf(Exception? exception) => exception?.GetType().Name ?? "nothing broke";
}
