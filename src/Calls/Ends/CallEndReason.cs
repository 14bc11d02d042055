namespace Calls;

/// <summary>Why a call ended.</summary>
public enum CallEndReason
{
    /// <summary>A party hung up.</summary>
    HungUp,

    /// <summary>The caller gave up before an answer.</summary>
    Cancelled,

    /// <summary>The callee declined.</summary>
    Declined,

    /// <summary>The callee is in another call.</summary>
    Busy,

    /// <summary>Nobody answered within the ring time.</summary>
    NoAnswer,

    /// <summary>Another device of this user answered.</summary>
    AnsweredElsewhere,

    /// <summary>Another device of this user declined.</summary>
    DeclinedElsewhere,

    /// <summary>A newer call of the same two people took its place.</summary>
    Replaced,

    /// <summary>Nobody can be reached there.</summary>
    Unavailable,

    /// <summary>The server does not allow this call.</summary>
    NotAllowed,

    /// <summary>The user, or his system, refused the microphone.</summary>
    MediaDenied,

    /// <summary>The microphone could not be opened, or the media engine failed.</summary>
    MediaFailed,

    /// <summary>The other side could not open its microphone, or its engine failed.</summary>
    PeerMediaFailed,

    /// <summary>The media connection did not come up within <see cref="CallOptions.ConnectTimeout"/>.</summary>
    ConnectTimeout,

    /// <summary>No media connection could be made: no path was found, or the far side's fingerprint is wrong.</summary>
    ConnectFailed,

    /// <summary>The media connection was lost and did not come back within <see cref="CallOptions.ReconnectTimeout"/>.</summary>
    ConnectionLost,

    /// <summary>The offer could not be sent: signaling was not there within <see cref="CallOptions.OutgoingTimeout"/>, or the server refused the message.</summary>
    SignalingFailed,

    /// <summary>Something broke at the other side.</summary>
    PeerFailed,
}
