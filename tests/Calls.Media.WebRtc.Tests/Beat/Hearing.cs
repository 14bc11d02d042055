using Calls.Media.WebRtc.Beat;

namespace Calls.Media.WebRtc.Tests.Beat;

/// <summary>Does something in every beat.</summary>
internal sealed class Hearing(Action<TimeSpan> heard) : IBeatListener
{
    public void Beat(TimeSpan now) => heard(now);

    public void Prefetch(int step)
    {
    }
}
