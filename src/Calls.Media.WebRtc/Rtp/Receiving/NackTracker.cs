namespace Calls.Media.WebRtc.Rtp;

/// <summary>Which packets of a stream are missing, and when each is asked for (again). Holds at most <see cref="Most"/>.</summary>
internal sealed class NackTracker
{
    /// <summary>How many missing packets are asked for at once; with more a new picture is the shorter way.</summary>
    public const int Most = 256;

    private const int Tries = 10;
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(20);
    private readonly Entry[] _missing = new Entry[Most];
    private int _count;
    private long _next = -1;

    /// <summary>When the next packet is asked for; <see cref="TimeSpan.MaxValue"/>: nothing is missing.</summary>
    public TimeSpan NextTimeout
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var entry in _missing.AsSpan(0, _count))
                next = entry.Due < next ? entry.Due : next;
            return next;
        }
    }

    /// <summary>How many packets are missing.</summary>
    public int Count => _count;

    /// <summary>Takes a packet that came.</summary>
    /// <returns>False where more are missing than can be asked for: they are given up.</returns>
    public bool Receive(long number, TimeSpan now)
    {
        if (_next < 0 || number == _next)
        {
            _next = number + 1;
            return true;
        }

        if (number < _next)
        {
            Remove(number);
            return true;
        }

        if (number - _next > Most - _count)
        {
            (_count, _next) = (0, number + 1);
            return false;
        }

        for (; _next < number; _next++)
            _missing[_count++] = new Entry(_next, now, 0);
        _next = number + 1;
        return true;
    }

    /// <summary>Writes the packets to ask for now, in order, and returns how many.</summary>
    /// <param name="due">Room for <see cref="Most"/>.</param>
    /// <param name="roundTrip">The round-trip time, after which asking again makes sense.</param>
    /// <param name="now">The time.</param>
    public int TakeDue(Span<ushort> due, TimeSpan roundTrip, TimeSpan now)
    {
        var (count, kept) = (0, 0);
        var pause = roundTrip + roundTrip / 4 > LeastPause ? roundTrip + roundTrip / 4 : LeastPause;
        for (var i = 0; i < _count; i++)
        {
            var entry = _missing[i];
            if (entry.Due <= now)
            {
                if (entry.Tried == Tries)
                    continue;
                due[count++] = (ushort)entry.Number;
                entry = new Entry(entry.Number, now + pause, entry.Tried + 1);
            }

            _missing[kept++] = entry;
        }

        _count = kept;
        return count;
    }

    /// <summary>Gives up all before <paramref name="number"/>: it is of no more use.</summary>
    public void Forget(long number)
    {
        var gone = 0;
        while (gone < _count && _missing[gone].Number < number)
            gone++;
        _missing.AsSpan(gone, _count - gone).CopyTo(_missing);
        _count -= gone;
    }

    private void Remove(long number)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_missing[i].Number != number)
                continue;
            _missing.AsSpan(i + 1, _count - i - 1).CopyTo(_missing.AsSpan(i));
            _count--;
            return;
        }
    }

    private readonly record struct Entry(long Number, TimeSpan Due, int Tried);
}
