namespace Calls.Testing;

/// <summary>What may go wrong in a simulation.</summary>
[Flags]
public enum SimulatedFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A signaling connection is lost together with all that is on its way; each end finds out 0–15 s later.</summary>
    Disconnect = 1,

    /// <summary>Messages arrive twice.</summary>
    Duplicate = 2,

    /// <summary>Messages take up to 5 s.</summary>
    Delay = 4,

    /// <summary>Messages of one call overtake those of another; within a call the order is kept.</summary>
    Reorder = 8,

    /// <summary>A device loses its memory and starts again 0.1–40 s later.</summary>
    Crash = 16,

    /// <summary>Devices and peer connections take up to 60 s.</summary>
    SlowMedia = 32,

    /// <summary>A microphone, a camera or a description is refused.</summary>
    MediaRefused = 64,

    /// <summary>A device sleeps up to 60 s; what was due meanwhile comes all at once when it wakes.</summary>
    ClockJump = 128,

    /// <summary>The path of a peer connection is cut for up to 60 s.</summary>
    MediaCut = 256,

    /// <summary>All of them.</summary>
    All = Disconnect | Duplicate | Delay | Reorder | Crash | SlowMedia | MediaRefused | ClockJump | MediaCut,
}
