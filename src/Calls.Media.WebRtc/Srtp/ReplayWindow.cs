using System.Runtime.CompilerServices;
using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Srtp;

/// <summary>
/// Remembers which of the last <see cref="Size"/> packet indices were there (RFC 3711, section 3.3.2). It is a part of its stream, and its bits are a part of it: apart, each would come
/// from far memory for every packet.
/// </summary>
internal struct ReplayWindow
{
    /// <summary>How many are remembered: wide enough for what is sent again after a loss in a stream of video.</summary>
    public const int Size = WordLength * Words;

    private const int WordLength = 64, Words = 16;
    private Bits _seen;

    /// <summary>The highest index so far; null before the first.</summary>
    public ulong? Highest { get; private set; }

    /// <summary>Whether the index was not there yet, and is not so old that nobody knows.</summary>
    public readonly bool IsFresh(ulong index)
        => Highest is not { } highest || index > highest || (highest - index < Size && (_seen[Word(index)] & Bit(index)) == 0);

    /// <summary>Notes a fresh index.</summary>
    public void Mark(ulong index)
    {
        if (Highest is not { } highest || index > highest)
            Advance(index);
        _seen[Word(index)] |= Bit(index);
    }

    /// <summary>Prepares what follows the highest index.</summary>
    public readonly void Prefetch() => CacheLines.FetchPlace(in _seen[Word(Highest ?? 0)]);

    private void Advance(ulong index)
    {
        if (Highest is { } highest && index - highest < Size)
        {
            for (var skipped = highest + 1; skipped <= index; skipped++)
                _seen[Word(skipped)] &= ~Bit(skipped);
        }
        else
        {
            _seen = default;
        }

        Highest = index;
    }

    private static int Word(ulong index) => (int)(index / WordLength % Words);

    private static ulong Bit(ulong index) => 1UL << (int)(index % WordLength);

    [InlineArray(Words)]
    private struct Bits
    {
        private ulong _first;
    }
}
