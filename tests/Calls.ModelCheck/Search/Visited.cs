namespace Calls.ModelCheck;

/// <summary>The hashes of every state that was seen: open addressing, sixteen bytes a state and no object.</summary>
internal sealed class Visited
{
    private UInt128[] _slots = new UInt128[1 << 16];

    public int Count { get; private set; }

    /// <summary>Whether <paramref name="hash"/> is new; it is then remembered.</summary>
    public bool Add(UInt128 hash)
    {
        if (hash == default)
            hash = 1;
        if (Count * 2 >= _slots.Length)
            Grow();
        if (!Place(_slots, hash))
            return false;
        Count++;
        return true;
    }

    /// <summary>Safe beside other readers while nobody adds.</summary>
    public bool Contains(UInt128 hash)
    {
        if (hash == default)
            hash = 1;
        var mask = _slots.Length - 1;
        for (var at = (int)(ulong)hash & mask; _slots[at] != default; at = (at + 1) & mask)
        {
            if (_slots[at] == hash)
                return true;
        }

        return false;
    }

    private static bool Place(UInt128[] slots, UInt128 hash)
    {
        var mask = slots.Length - 1;
        var at = (int)(ulong)hash & mask;
        for (; slots[at] != default; at = (at + 1) & mask)
        {
            if (slots[at] == hash)
                return false;
        }

        slots[at] = hash;
        return true;
    }

    private void Grow()
    {
        var larger = new UInt128[_slots.Length * 2];
        foreach (var hash in _slots)
        {
            if (hash != default)
                Place(larger, hash);
        }

        _slots = larger;
    }
}
