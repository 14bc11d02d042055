namespace Calls.Machine;

/// <summary>The rows of the table: every kind of input, as the current call sees it.</summary>
internal enum CallRow
{
    // What the user does.
    Start,
    Accept,
    Reject,
    End,
    ToggleMute,
    ToggleVideo,
    ToggleScreenShare,
    ToggleHold,

    // What the server says of the current call.
    OfferAgain,
    Answer,
    Candidates,
    PeerEnd,
    Rejected,
    NoAnswer,
    PeerRinging,
    Negotiate,
    PeerMedia,
    MessageRefused,

    // What the server says of any other call.
    Offer,
    OtherAnswer,
    OtherCandidates,
    OtherEnd,
    OtherMessage,

    // The signaling itself.
    Welcome,
    DescriptionDelivered,
    SignalingClosed,

    // What media reports of the current call.
    MediaOpened,
    OfferCreated,
    AnswerCreated,
    MediaFailed,
    LocalCandidates,
    Connection,
    DevicesSet,
    LocalVideoChanged,
    DeviceLost,
    DeviceReplaced,
    NegotiationNeeded,

    // Timers of the current call.
    RingTimer,
    ConnectTimer,
    SilenceTimer,
    ReconnectTimer,
    NegotiationTimer,
    LingerTimer,

    /// <summary>A timer or media report of a call that is not current any more, or a command meant for such a call.</summary>
    Stale,
}
