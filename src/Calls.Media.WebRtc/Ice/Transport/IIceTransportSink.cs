namespace Calls.Media.WebRtc.Ice;

/// <summary>Where a transport's packets and news go.</summary>
internal interface IIceTransportSink
{
    /// <summary>A packet came from the other side: DTLS (its first byte is 20 to 63) or RTP and RTCP (128 to 191; RFC 7983). Called on the thread that received it,
    /// which may be the one that reads for all calls of the process, and perhaps on several at once; must not wait.</summary>
    /// <param name="packet">May be changed in place; valid until the method returns.</param>
    void PacketArrived(Span<byte> packet);

    /// <summary>Prepares <see cref="PacketArrived"/>; as <see cref="Prefetching.IPrefetched.Prefetch"/>.</summary>
    void Prefetch(int step)
    {
    }

    /// <summary>A candidate to tell to the other side. This and the other news come one at a time, in order, and not on the thread that reads for all.</summary>
    /// <param name="line">The candidate attribute.</param>
    /// <param name="ufrag">The generation it belongs to.</param>
    void CandidateGathered(string line, string ufrag);

    /// <summary>There are no more candidates of a generation, unless the network changes.</summary>
    void GatheringEnded(string ufrag);

    /// <summary>The state changed.</summary>
    void StateChanged(IceState state);
}
