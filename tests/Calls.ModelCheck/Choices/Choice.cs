namespace Calls.ModelCheck;

internal enum ChoiceKind : byte
{
    /// <summary>The server takes the next message of a device.</summary>
    ServerTakes,

    /// <summary>A device takes the next message of the server.</summary>
    DeviceTakes,

    /// <summary>A server that is not told of a lost connection finds out.</summary>
    ServerNotices,
    Reconnect,
    MediaSucceeds,
    MediaFails,
    CandidatesGathered,
    LinkConnects,
    LinkDisconnects,
    LinkFails,

    /// <summary>A connection fails in a way that no ICE restart mends.</summary>
    LinkDies,
    Timer,
    ServerTimer,

    // What users do.
    Start,
    Accept,
    Reject,
    End,
    ToggleMute,
    ToggleVideo,
    ToggleScreen,

    /// <summary>The browser's own bar stops a share.</summary>
    ShareStops,
    ToggleHold,

    // Faults.

    /// <summary>A connection is lost with all that is in flight.</summary>
    Lose,

    /// <summary>A device loses its connection, its media and everything that it knew, and starts anew.</summary>
    Crash,

    /// <summary>A copy of the next message for a device arrives after all others.</summary>
    DuplicateDown,

    /// <summary>A copy of the next message for the server arrives after all others.</summary>
    DuplicateUp,

    /// <summary>The offer of a call comes by another way, at any time.</summary>
    Push,

    /// <summary>Somebody forges an answer to a device that called nobody.</summary>
    ForgeAnswer,

    /// <summary>Somebody forges a negotiation.</summary>
    ForgeNegotiate,

    /// <summary>A caller's own app, tampered with, answers its own call.</summary>
    AnswerOwnCall,
}

/// <summary>One of the things that may happen next.</summary>
/// <param name="Kind">What.</param>
/// <param name="Device">At which device, or of which device's timer; of the server's timers whether it is early.</param>
/// <param name="Argument">Which timer, or the index of which call of the server, or which device's call.</param>
/// <param name="Second">Which of that call's timers; of a device's timers whether it is early.</param>
internal readonly record struct Choice(ChoiceKind Kind, byte Device, byte Argument = 0, byte Second = 0)
{
    /// <summary>Marks a timer that runs out while something is in flight: in <see cref="Device"/> of the server's, in <see cref="Second"/> of a device's.</summary>
    public const byte Early = 1;
}
