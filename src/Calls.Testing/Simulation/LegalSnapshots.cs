using Calls.Machine;
using static Calls.CallState;

namespace Calls.Testing;

/// <summary>What holds of every snapshot that an observer of <see cref="ICallManager.Snapshots"/> may see, whatever came before it.</summary>
public static class LegalSnapshots
{
    private static readonly Rule[] Rules =
    [
        new("an idle snapshot shows nothing of a call", s => s.State != Idle || s == CallSnapshot.Idle),
        new("a call has an id", s => s.State == Idle || s.CallId is { IsEmpty: false }),
        new("a call has a chat and a role", s => s.State == Idle || s is { ChatId: not null, Role: not null }),
        new("only a caller is Outgoing", s => s.State != Outgoing || s.Role == CallRole.Caller),
        new("only a callee rings", s => s.State != IncomingRinging || s.Role == CallRole.Callee),
        new("the peer rings only while Outgoing", s => !s.IsPeerRinging || s.State == Outgoing),
        new("devices are being opened only after the consent and before the connection", s => !s.IsOpeningMedia || s.State is Outgoing or Connecting),
        new("only a connected call reconnects", s => !s.IsReconnecting || s.State == Connected),
        // A user holds a connected call; but devices that the peer's hold has held, and that cannot be let go, show as held before.
        new("only an answered call is on hold", s => !s.IsOnHold || s.State is Connecting or Connected or Ended or Failed),
        new("a peer that has not answered holds nothing", s => !s.IsPeerHolding || s.State is Connecting or Connected or Ended or Failed),
        new("the screen is shared only in an answered call", s => s.LocalVideo != VideoSource.Screen || s.State is Connecting or Connected or Ended or Failed),
        new("a call that was connected says since when", s => s.State != Connected || s.ConnectedAt is not null),
        new("a call that was not connected says no time", s => s.ConnectedAt is null || s.State is Connected or Ended or Failed),
        new("media is there only after the consent and until the end", s => s is { LocalMedia: null, RemoteStream: null } or { State: Outgoing or Connecting or Connected }),
        new("a call has an end when it is over, and only then", s => s.End is null == s.State is not (Ended or Failed)),
        new("the end is that of this call", s => s.End is null || s.End.CallId == s.CallId),
        new("what broke is Failed, what was meant is Ended", s => s.End is null || s.End.IsFailure == (s.State == Failed)),
        new("a call ends in one of the four states of a call", s => s.End is null or { In: Outgoing or IncomingRinging or Connecting or Connected }),
        new("a call that ended while Connected says since when it was", s => s.End is null || s.End.In == Connected == s.ConnectedAt is not null),
    ];

    /// <summary>The first rule that a snapshot breaks, as a sentence; null where it is legal.</summary>
    public static string? Broken(CallSnapshot snapshot)
    {
        foreach (var rule in Rules)
        {
            if (!rule.Holds(snapshot))
                return rule.Sentence;
        }

        return null;
    }

    /// <summary>The same of a machine, whose manager adds the time of the connection.</summary>
    internal static string? Broken(MachineState state)
    {
        var wasConnected = state.State == Connected || state.Call?.End?.In == Connected;
        return Broken(SnapshotProjection.From(state, wasConnected ? DateTimeOffset.UnixEpoch : null, null, null, null));
    }

    private sealed record Rule(string Sentence, Func<CallSnapshot, bool> Holds);
}
