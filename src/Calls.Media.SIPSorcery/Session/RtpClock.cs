namespace Calls.Media.SIPSorcery.Session;

/// <summary>RTP timestamps of sound that may pause: after a pause they go on with the time that passed, so that the other side hears what comes at once.</summary>
internal sealed class RtpClock
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(200);
    private TimeSpan _last;
    private uint _next;
    private bool _isRunning;

    /// <summary>The timestamp of the next frame, and whether it is the first after a pause.</summary>
    /// <param name="now">The time since any moment that stays the same.</param>
    /// <param name="duration">How long the frame lasts, in RTP units.</param>
    /// <param name="rate">RTP units in a second.</param>
    public (uint Timestamp, bool IsFirst) Next(TimeSpan now, uint duration, int rate)
    {
        var isFirst = !_isRunning || now - _last > Gap;
        if (_isRunning && isFirst)
            _next += (uint)(long)((now - _last).TotalSeconds * rate) - duration;
        (_last, _isRunning) = (now, true);
        var timestamp = _next;
        _next += duration;
        return (timestamp, isFirst);
    }
}
