using System.Diagnostics.CodeAnalysis;

namespace Calls.Signaling.Server;

/// <summary>
/// The short way through an answered call: while both parties are there and send candidates in their order and within their bounds, there is nothing to decide. What passes
/// is counted and kept here, without a new state of the call for each message; <see cref="Settle"/> writes it into the call before the rules see that again. Everything else
/// is refused here, and left to the rules. Used under the call's lock.
/// </summary>
internal sealed class OpenLine(RoutedCallSettings settings, ReplayPages pages)
{
    private readonly LineEnd _caller = new(pages);
    private readonly LineEnd _callee = new(pages);
    private int _calleeLeg = -1;
    private CallId _call;

    /// <summary>Whether the line is open: what passed since is not in the call yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opens the line, if there is nothing to decide in this call.</summary>
    public bool TryOpen(RoutedCall call)
    {
        if (IsOpen)
            return true;
        if (call.Phase != RoutedCallPhase.Answered || (_calleeLeg = call.FindAnswerer()) < 0 || call.Legs[0].IsHeld || call.Legs[_calleeLeg].IsHeld)
            return false;
        _call = call.Id;
        _caller.Open(call.Legs[0]);
        _callee.Open(call.Legs[_calleeLeg]);
        return IsOpen = true;
    }

    /// <summary>Passes candidates on, to be sent or given back; false: the rules decide.</summary>
    /// <param name="sender">The authenticated sender.</param>
    /// <param name="senderUtf8">The same as JSON.</param>
    /// <param name="text">What he sent.</param>
    /// <param name="now">The time now.</param>
    /// <param name="passed">What goes out.</param>
    /// <param name="to">To whom it goes.</param>
    public bool TryPass(
        Party sender, byte[] senderUtf8, in CandidatesText text, TimeSpan now, [NotNullWhen(true)] out PassedText? passed, [NotNullWhen(true)] out LineEnd? to)
    {
        var isCaller = _caller.IsOf(sender);
        (passed, to) = (null, null);
        if (!isCaller && !_callee.IsOf(sender))
            return false;
        var (from, other) = isCaller ? (_caller, _callee) : (_callee, _caller);
        if (!from.TryCount(text.Seq, text.Count, settings.MaxCandidates))
            return false;
        to = other;
        passed = other.Keep(_call, senderUtf8, text, now, settings);
        return true;
    }

    /// <summary>The call with all that has passed; the line is closed.</summary>
    public RoutedCall Settle(RoutedCall call)
    {
        if (!IsOpen)
            return call;
        IsOpen = false;
        var legs = call.Legs.Own(out var own);
        own[0] = _caller.Close(own[0]);
        own[_calleeLeg] = _callee.Close(own[_calleeLeg]);
        return call with { Legs = legs };
    }

    /// <summary>Nothing more comes: the pages that are being written are let go of, once it is settled.</summary>
    public void Release()
    {
        _caller.Release();
        _callee.Release();
    }
}
