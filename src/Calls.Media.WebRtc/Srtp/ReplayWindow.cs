namespace Calls.Media.WebRtc.Srtp;

/// <summary>Remembers which of the last packet indices were there (RFC 3711, section 3.3.2).</summary>
internal sealed class ReplayWindow
{
    private const int WordLength = 64;

    private readonly ulong[] _seen;

    /// <summary>A window of a size in packets: a multiple of 64.</summary>
    public ReplayWindow(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, WordLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(size % WordLength, 0, nameof(size));
        _seen = new ulong[size / WordLength];
    }

    /// <summary>The highest index so far; null before the first.</summary>
    public ulong? Highest { get; private set; }

    private ulong Size => (ulong)_seen.Length * WordLength;

    /// <summary>Whether the index was not there yet, and is not so old that nobody knows.</summary>
    public bool IsFresh(ulong index)
        => Highest is not { } highest || index > highest || (highest - index < Size && (_seen[Word(index)] & Bit(index)) == 0);

    /// <summary>Notes a fresh index.</summary>
    public void Mark(ulong index)
    {
        if (Highest is not { } highest || index > highest)
            Advance(index);
        _seen[Word(index)] |= Bit(index);
    }

    private void Advance(ulong index)
    {
        if (Highest is { } highest && index - highest < Size)
        {
            for (var skipped = highest + 1; skipped <= index; skipped++)
                _seen[Word(skipped)] &= ~Bit(skipped);
        }
        else
        {
            Array.Clear(_seen);
        }

        Highest = index;
    }

    private int Word(ulong index) => (int)(index / WordLength % (ulong)_seen.Length);

    private static ulong Bit(ulong index) => 1UL << (int)(index % WordLength);
}
