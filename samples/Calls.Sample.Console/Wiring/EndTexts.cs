namespace Calls.Sample.Console.Wiring;

/// <summary>Why a call ended, in words.</summary>
internal static class EndTexts
{
    /// <summary>One sentence.</summary>
    public static string Of(CallEnd end) => end.Reason switch
    {
        CallEndReason.HungUp => end.By == CallEndedBy.Me ? "hung up here" : "the other side hung up",
        CallEndReason.Cancelled => "the caller gave up",
        CallEndReason.Declined => "declined",
        CallEndReason.Busy => "busy",
        CallEndReason.NoAnswer => "no answer",
        CallEndReason.AnsweredElsewhere => "answered on another device",
        CallEndReason.DeclinedElsewhere => "declined on another device",
        CallEndReason.Replaced => "a newer call took its place",
        CallEndReason.Unavailable => "nobody can be reached there",
        CallEndReason.NotAllowed => "the server does not allow it",
        CallEndReason.MediaDenied => "the microphone is refused",
        CallEndReason.MediaFailed => "the microphone or the engine failed" + Cause(end),
        CallEndReason.PeerMediaFailed => "the other side's microphone or engine failed",
        CallEndReason.ConnectTimeout => "no media connection in time",
        CallEndReason.ConnectFailed => "no media connection can be made" + Cause(end),
        CallEndReason.ConnectionLost => "the connection was lost",
        CallEndReason.SignalingFailed => "the server was not reached" + Cause(end),
        CallEndReason.PeerFailed => "something broke at the other side",
        _ => end.Key,
    };

    private static string Cause(CallEnd end) => end.Error is { } error ? $": {error.Message}" : "";
}
