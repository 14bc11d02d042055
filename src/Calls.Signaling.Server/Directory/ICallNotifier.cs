namespace Calls.Signaling.Server;

/// <summary>Wakes a user who is called while no device of his is connected, by the app's push service. As soon as one connects within the
/// ring time, it rings.</summary>
public interface ICallNotifier
{
    /// <summary>Tells a user that he is called. Once a call and user; a failure is logged, and the call rings on.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The server stops.</param>
    ValueTask NotifyAsync(CallNotification call, CancellationToken cancellationToken);
}

/// <summary>What a push message about a call may say.</summary>
/// <param name="UserId">Who is called.</param>
/// <param name="CallId">The call.</param>
/// <param name="ChatId">The conversation, as the one who is called names it.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Video">Whether the caller asks for a video call.</param>
/// <param name="RingTimeout">How long it rings.</param>
public sealed record CallNotification(string UserId, CallId CallId, string ChatId, Party Caller, bool Video, TimeSpan RingTimeout);
