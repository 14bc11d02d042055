namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// Whether so much sound and picture comes that it pays to let it gather for a moment: the beats of many calls send within milliseconds of one another, and a reader that sleeps and
/// is woken between any two packets costs more than the packets. Where little comes, and where a call is being set up, each is taken at once.
/// </summary>
internal struct ReadingPace
{
    /// <summary>From how many packets of media a second on.</summary>
    public const int ManyPerSecond = 1_000;

    private const int WindowMilliseconds = 100;
    private long _begin;
    private int _count;
    private bool _isUrgent;

    /// <summary>Whether much came lately.</summary>
    public bool IsMuch { get; private set; }

    /// <summary>Takes note of datagrams.</summary>
    /// <param name="isMedia">Whether all are packets of media; if not, somebody waits for an answer.</param>
    /// <param name="count">How many there are.</param>
    public void Add(bool isMedia, int count = 1)
    {
        if (isMedia)
            _count += count;
        else
            _isUrgent = true;
    }

    /// <summary>Whether to rest now that nothing more is there.</summary>
    /// <param name="milliseconds">The time.</param>
    public bool Rests(long milliseconds)
    {
        var passed = milliseconds - _begin;
        if (passed >= WindowMilliseconds)
        {
            IsMuch = _count * 1_000L >= ManyPerSecond * passed;
            (_begin, _count) = (milliseconds, 0);
        }

        var rests = IsMuch && !_isUrgent;
        _isUrgent = false;
        return rests;
    }
}
