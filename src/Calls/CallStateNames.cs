namespace Calls;

/// <summary>The names of the states on the wire, in logs and in pages.</summary>
public static class CallStateNames
{
    /// <summary>The wire name of <paramref name="state"/>: <c>idle</c>, <c>outgoing</c>, <c>incoming_ringing</c>, <c>connecting</c>,
    /// <c>connected</c>, <c>ended</c> or <c>failed</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="state"/> is none of the seven.</exception>
    public static string ToWireName(this CallState state) => state switch
    {
        CallState.Idle => "idle",
        CallState.Outgoing => "outgoing",
        CallState.IncomingRinging => "incoming_ringing",
        CallState.Connecting => "connecting",
        CallState.Connected => "connected",
        CallState.Ended => "ended",
        CallState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not one of the seven states."),
    };
}
