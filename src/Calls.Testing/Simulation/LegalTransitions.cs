using static Calls.CallState;

namespace Calls.Testing;

/// <summary>What an observer of <see cref="ICallManager.States"/> may see: written down here a second time, so that the table is held to it.</summary>
public static class LegalTransitions
{
    /// <summary>Whether a state may follow another. Staying is always legal.</summary>
    public static bool Allow(CallState from, CallState to) => from == to || (from, to) switch
    {
        (Idle or Ended or Failed, Outgoing or IncomingRinging) => true,
        (Outgoing or IncomingRinging, Connecting or Ended or Failed) => true,
        (Connecting, Connected or Ended or Failed) => true,
        (Connected, Ended or Failed) => true,
        (Ended or Failed, Idle) => true,
        _ => false,
    };
}
