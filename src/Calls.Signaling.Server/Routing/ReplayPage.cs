using System.Runtime.InteropServices;
using System.Text;

namespace Calls.Signaling.Server;

/// <summary>
/// Candidates that are kept for replay, one behind the other in one piece of memory, which is written from its beginning to its end: each is touched once more only if somebody
/// missed it. Of each is kept what it has for itself, its number and its candidates as they came; the call and the sender are the same for all of a page. Each message has the page, and
/// so has who writes it; who has it last gives it back to be used again. Used under the call's lock. One that nobody gives back is collected like anything else.
/// </summary>
internal sealed class ReplayPage(ReplayPages pool, int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private CallId _call;
    private byte[] _from = [];
    private int _used;
    private int _holders;

    public int Capacity => _bytes.Length;

    /// <summary>What a message takes of a page.</summary>
    public static int LengthOf(ReadOnlySpan<byte> candidates) => Head.Length + candidates.Length;

    /// <summary>Begins anew, for one who writes it.</summary>
    public void Begin(CallId call, byte[] from) => (_call, _from, _used, _holders) = (call, from, 0, 1);

    /// <summary>Whether a message of a sender belongs here, and has room.</summary>
    public bool HasRoom(byte[] from, ReadOnlySpan<byte> candidates) => ReferenceEquals(from, _from) && LengthOf(candidates) <= _bytes.Length - _used;

    /// <summary>Keeps a message, which then has the page too.</summary>
    /// <returns>Where it is.</returns>
    public int Add(int seq, ReadOnlySpan<byte> candidates)
    {
        var place = _used;
        MemoryMarshal.Write(_bytes.AsSpan(place), new Head(seq, candidates.Length));
        candidates.CopyTo(_bytes.AsSpan(place + Head.Length));
        _used = place + LengthOf(candidates);
        _holders++;
        return place;
    }

    /// <summary>The number of the message at a place.</summary>
    public int SeqOf(int place) => HeadAt(place).Seq;

    /// <summary>The message at a place.</summary>
    public CallMessage Read(int place)
    {
        var head = HeadAt(place);
        var text = StampedText.Of(head.Seq, _from, Encoding.ASCII.GetBytes(_call.Value), _bytes.AsSpan(place + Head.Length, head.Count));
        var message = text.Read();
        text.Return();
        return message;
    }

    /// <summary>One has it no more.</summary>
    public void Release()
    {
        if (--_holders > 0)
            return;

        // What was in it is nobody else's business.
        _bytes.AsSpan(0, _used).Clear();
        (_call, _from, _used) = (default, [], 0);
        pool.Return(this);
    }

    private Head HeadAt(int place) => MemoryMarshal.Read<Head>(_bytes.AsSpan(place));

    /// <summary>What stands before the candidates of a message.</summary>
    private readonly record struct Head(int Seq, int Count)
    {
        public const int Length = 2 * sizeof(int);
    }
}
