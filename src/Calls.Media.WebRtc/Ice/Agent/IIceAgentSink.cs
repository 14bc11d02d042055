using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Where an agent's datagrams and news go. Called from within the agent's methods: it must not call back into the agent.</summary>
internal interface IIceAgentSink
{
    /// <summary>Sends a datagram.</summary>
    /// <param name="baseId">From which base.</param>
    /// <param name="to">Where to.</param>
    /// <param name="datagram">What; valid until the method returns.</param>
    void Transmit(int baseId, TransportAddress to, ReadOnlySpan<byte> datagram);

    /// <summary>The state changed.</summary>
    void StateChanged(IceState state);

    /// <summary>What application data is sent on changed; null: there is no way for now.</summary>
    void PathChanged(CandidatePair? pair);
}
