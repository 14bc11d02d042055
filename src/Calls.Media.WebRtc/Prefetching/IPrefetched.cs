namespace Calls.Media.WebRtc.Prefetching;

/// <summary>Something whose turn comes so seldom that its memory is far away by then.</summary>
internal interface IPrefetched
{
    /// <summary>Fetches what its turn will touch, a step farther with each call: what one step fetches tells where the next one's memory is. Changes nothing, takes no lock, and must not throw,
    /// whatever other threads do meanwhile.</summary>
    /// <param name="step">From 0 on.</param>
    void Prefetch(int step);
}
