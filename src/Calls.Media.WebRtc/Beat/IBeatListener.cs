using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Beat;

/// <summary>What hears the <see cref="MediaBeat"/>. An object rather than a delegate, which would be one more that is far away whenever its turn comes.</summary>
internal interface IBeatListener : IPrefetched
{
    /// <summary>Does what is due in this beat. Must not wait.</summary>
    /// <param name="now">The time since the clock's begin.</param>
    void Beat(TimeSpan now);
}
