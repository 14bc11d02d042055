namespace Calls.Signaling.Server;

/// <summary>Candidates as they go out: as they came, with the number in the receiver's stream and with who sent them.</summary>
internal static class StampedText
{
    private const int MaxDigits = 10;

    public static KeptText Of(KeptTexts pool, int seq, ReadOnlySpan<byte> from, in CandidatesText text)
    {
        var head = "{\"type\":\"call:ice-candidate\",\"candidates\":"u8;
        var call = ",\"callId\":\""u8;
        var number = "\",\"seq\":"u8;
        var sender = ",\"from\":"u8;
        var stamped = pool.Rent(
            seq, head.Length + text.Candidates.Length + call.Length + text.CallId.Length + number.Length + MaxDigits + sender.Length + from.Length + 1);
        stamped.Append(head);
        stamped.Append(text.Candidates);
        stamped.Append(call);
        stamped.Append(text.CallId);
        stamped.Append(number);
        stamped.Append(seq);
        stamped.Append(sender);
        stamped.Append(from);
        stamped.Append("}"u8);
        return stamped;
    }
}
