namespace Calls.Signaling.Server;

/// <summary>What every message passes first: is the sender in this call, and is the message new?</summary>
internal static class Intake
{
    public static void Take(Turn turn, Party sender, CallMessage message)
    {
        var index = turn.Call.FindLeg(DeviceKey.Of(sender));
        if (message is InitiateMessage && index != 0)
        {
            turn.Refuse(sender, ErrorCodes.DuplicateCall, "The call id is in use: make a new one for every call.");
            return;
        }

        if (index < 0)
        {
            turn.NotAllowed(sender);
            return;
        }

        // Who speaks without having resumed may never do so: it gets all that is kept, and knows by the numbers what is new to it.
        if (turn.Call.Legs[index].IsResuming)
            turn.Replay(index, 0);
        if (!Advance(turn, index, message.Seq))
            return;
        if (message is CandidatesMessage candidates && !Count(turn, index, candidates))
            return;

        switch (turn.Call.Phase)
        {
            case RoutedCallPhase.Ringing:
                RingingPhase.Take(turn, index, sender, message);
                break;
            case RoutedCallPhase.Answered:
                AnsweredPhase.Take(turn, index, sender, message);
                break;
            case RoutedCallPhase.Over:
                ClosedLeg.Take(turn, index, sender, message);
                break;
        }
    }

    public static void Discard(Turn turn, DeviceKey sender, int seq)
    {
        var index = turn.Call.FindLeg(sender);
        if (index >= 0)
            Advance(turn, index, seq);
    }

    /// <summary>Whether a message is the next one. One that was seen is dropped, and so is one after a gap: resume brings both again.</summary>
    private static bool Advance(Turn turn, int index, int? seq)
    {
        if (seq is null)
            return true;
        var leg = turn.Call.Legs[index];
        if (seq != leg.Received + 1)
            return false;
        turn.Update(index, leg with { Received = leg.Received + 1 });
        return true;
    }

    private static bool Count(Turn turn, int index, CandidatesMessage message)
    {
        var leg = turn.Call.Legs[index];
        var candidates = message.Candidates.Count;
        if (leg.Candidates + candidates > turn.Call.Settings.MaxCandidates)
        {
            turn.Refuse(leg.Party, ErrorCodes.TooManyCandidates, $"A device may send {turn.Call.Settings.MaxCandidates} candidates in a call.");
            return false;
        }

        // A browser's null candidate, the end of gathering, comes as an empty list: there is nothing to pass on.
        if (candidates == 0)
            return false;
        turn.Update(index, leg with { Candidates = leg.Candidates + candidates });
        return true;
    }
}
