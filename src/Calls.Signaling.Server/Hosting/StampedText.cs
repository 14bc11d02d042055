namespace Calls.Signaling.Server;

/// <summary>Candidates as they go out: as they came, with the number in the receiver's stream and with who sent them.</summary>
internal static class StampedText
{
    private const int MaxDigits = 10;

    /// <param name="seq">The number.</param>
    /// <param name="from">The sender, as JSON.</param>
    /// <param name="callId">The call, as it stands between quotes.</param>
    /// <param name="candidates">The JSON array of the candidates.</param>
    public static PassedText Of(int seq, ReadOnlySpan<byte> from, ReadOnlySpan<byte> callId, ReadOnlySpan<byte> candidates)
    {
        var head = "{\"type\":\"call:ice-candidate\",\"candidates\":"u8;
        var call = ",\"callId\":\""u8;
        var number = "\",\"seq\":"u8;
        var sender = ",\"from\":"u8;
        var stamped = PassedText.Rent(head.Length + candidates.Length + call.Length + callId.Length + number.Length + MaxDigits + sender.Length + from.Length + 1);
        stamped.Append(head);
        stamped.Append(candidates);
        stamped.Append(call);
        stamped.Append(callId);
        stamped.Append(number);
        stamped.Append(seq);
        stamped.Append(sender);
        stamped.Append(from);
        stamped.Append("}"u8);
        return stamped;
    }
}
