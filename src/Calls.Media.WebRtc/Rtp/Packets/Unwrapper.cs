namespace Calls.Media.WebRtc.Rtp;

/// <summary>Makes numbers that begin anew after their last into ones that do not: each is taken as the nearest to the one before.</summary>
internal struct SequenceUnwrapper
{
    // So far from 0 that nobody comes there, not even with steps as far back as they go.
    private const long Beginning = 1L << 48;
    private long _last;
    private bool _began;

    /// <summary>The long number of <paramref name="sequence"/>.</summary>
    public long Unwrap(ushort sequence)
    {
        _last = Peek(sequence);
        _began = true;
        return _last;
    }

    /// <summary>The long number of <paramref name="sequence"/>, which is not remembered as the one before the next.</summary>
    public readonly long Peek(ushort sequence) => _began ? _last + (short)(sequence - (ushort)_last) : Beginning + sequence;
}

/// <summary>The same for timestamps of 32 bits.</summary>
internal struct TimestampUnwrapper
{
    private const long Beginning = 1L << 40;
    private long _last;
    private bool _began;

    /// <summary>The long number of <paramref name="timestamp"/>.</summary>
    public long Unwrap(uint timestamp)
    {
        _last = _began ? _last + (int)(timestamp - (uint)_last) : Beginning + timestamp;
        _began = true;
        return _last;
    }
}
