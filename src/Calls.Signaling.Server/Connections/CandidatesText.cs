using System.Buffers;
using System.Text;

namespace Calls.Signaling.Server;

/// <summary>
/// Candidates as the text they came in, read as far as routing needs and no further. Only texts are read here that say nothing but what the protocol knows, once, in ASCII
/// without escapes and blanks, as every JSON writer writes them; <see cref="SignalingJson"/> reads all others, and says what is wrong with them.
/// </summary>
internal readonly ref struct CandidatesText
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> WireNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>The call.</summary>
    public ReadOnlySpan<byte> CallId { get; private init; }

    /// <summary>Its number; 0: none.</summary>
    public int Seq { get; private init; }

    /// <summary>The JSON array of the candidates.</summary>
    public ReadOnlySpan<byte> Candidates { get; private init; }

    /// <summary>How many those are, 1 or more.</summary>
    public int Count { get; private init; }

    /// <summary>Reads a text, or says that it is not one of those.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out CandidatesText text)
    {
        text = default;
        if (utf8.ContainsAnyExcept(Plain))
            return false;
        var cursor = new TextCursor(utf8);
        ReadOnlySpan<byte> callId = default, candidates = default;
        int seq = 0, count = 0;
        var isCandidates = false;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            var isRead = cursor.Take("\"type\":\"call:ice-candidate\""u8) ? !isCandidates && (isCandidates = true)
                : cursor.Take("\"callId\":"u8) ? callId.IsEmpty && cursor.TryTakeString(out callId) && IsWireName(callId)
                : cursor.Take("\"seq\":"u8) ? seq == 0 && cursor.TryTakeNumber(out seq) && seq > 0
                : cursor.Take("\"candidates\":"u8) && count == 0 && TryTakeCandidates(ref cursor, out candidates, out count);
            if (!isRead)
                return false;
        }
        while (cursor.Take((byte)','));

        if (!cursor.Take((byte)'}') || !cursor.IsAtEnd || !isCandidates || callId.IsEmpty || count == 0)
            return false;
        text = new CandidatesText { CallId = callId, Seq = seq, Candidates = candidates, Count = count };
        return true;
    }

    /// <summary>The message, whose candidates stay as they came.</summary>
    public CandidatesMessage Read() => new()
    {
        CallId = Calls.CallId.Parse(Encoding.ASCII.GetString(CallId)), Seq = Seq == 0 ? null : Seq, Candidates = new WireCandidates(Candidates.ToArray(), Count),
    };

    public static bool IsWireName(ReadOnlySpan<byte> name) => name.Length is >= 1 and <= Calls.CallId.MaxLength && !name.ContainsAnyExcept(WireNames);

    private static bool TryTakeCandidates(scoped ref TextCursor cursor, out ReadOnlySpan<byte> candidates, out int count)
    {
        var start = cursor.Position;
        count = 0;
        candidates = default;
        if (!cursor.Take((byte)'['))
            return false;
        do
        {
            if (!TryTakeCandidate(ref cursor))
                return false;
            count++;
        }
        while (cursor.Take((byte)','));

        if (!cursor.Take((byte)']'))
            return false;
        candidates = cursor.Since(start);
        return true;
    }

    private static bool TryTakeCandidate(scoped ref TextCursor cursor)
    {
        bool hasCandidate = false, hasMid = false, hasLine = false, hasFragment = false;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            var isRead = cursor.Take("\"candidate\":"u8) ? !hasCandidate && (hasCandidate = cursor.TryTakeString(out _))
                : cursor.Take("\"sdpMid\":"u8) ? !hasMid && (hasMid = cursor.Take("null"u8) || cursor.TryTakeString(out _))
                : cursor.Take("\"sdpMLineIndex\":"u8) ? !hasLine && (hasLine = cursor.Take("null"u8) || cursor.TryTakeNumber(out _))
                : cursor.Take("\"usernameFragment\":"u8) && !hasFragment && (hasFragment = cursor.Take("null"u8) || cursor.TryTakeString(out _));
            if (!isRead)
                return false;
        }
        while (cursor.Take((byte)','));

        return cursor.Take((byte)'}') && hasCandidate;
    }
}
