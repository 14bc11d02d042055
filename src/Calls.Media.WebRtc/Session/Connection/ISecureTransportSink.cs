namespace Calls.Media.WebRtc.Session;

/// <summary>Where the packets and the news of a <see cref="SecureTransport"/> go.</summary>
internal interface ISecureTransportSink
{
    /// <summary>A candidate to tell to the other side; an empty line ends a generation.</summary>
    void CandidateGathered(string line, string ufrag);

    /// <summary>The state changed. Called under a lock, so that the order is kept: it is only to be noted. <see cref="Tell"/> follows.</summary>
    void StateChanged(MediaConnectionState state);

    /// <summary>Something was noted; no lock is held.</summary>
    void Tell();

    /// <summary>There are keys: from now on packets pass.</summary>
    void Secured();

    /// <summary>An RTP or RTCP packet came, in clear.</summary>
    /// <param name="packet">Valid until the method returns.</param>
    void PacketOpened(ReadOnlySpan<byte> packet);

    /// <summary>Prepares <see cref="PacketOpened"/>; as <see cref="Prefetching.IPrefetched.Prefetch"/>.</summary>
    void Prefetch(int step)
    {
    }
}
