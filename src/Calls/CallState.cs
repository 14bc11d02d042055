namespace Calls;

/// <summary>The seven states of a call. What is finer is a property of <see cref="CallSnapshot"/>, never an eighth state.</summary>
public enum CallState
{
    /// <summary>No call.</summary>
    Idle,

    /// <summary>This user calls somebody; no answer yet.</summary>
    Outgoing,

    /// <summary>Somebody calls; this user has not decided yet and no device is open.</summary>
    IncomingRinging,

    /// <summary>Answered; the media connection is being made.</summary>
    Connecting,

    /// <summary>ICE and DTLS are up. A call that reconnects stays here.</summary>
    Connected,

    /// <summary>Over: somebody meant it, or nobody answered.</summary>
    Ended,

    /// <summary>Over: something broke.</summary>
    Failed,
}
