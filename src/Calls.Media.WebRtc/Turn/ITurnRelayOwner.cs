using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>What a relay tells. Called with no lock held.</summary>
internal interface ITurnRelayOwner
{
    /// <summary>The relay is there: <see cref="TurnRelay.Relayed"/>.</summary>
    void Allocated(TurnRelay relay);

    /// <summary>There is no relay, or no longer. The last news.</summary>
    void Failed(TurnRelay relay, TurnFailure failure);

    /// <summary>Whether an address may send and be sent to.</summary>
    /// <param name="relay">The relay.</param>
    /// <param name="peer">The address; its port does not count.</param>
    /// <param name="refusal">Why not; null: it may.</param>
    void Permitted(TurnRelay relay, TransportAddress peer, TurnFailure? refusal);

    /// <summary>A datagram came to the relay. The bytes may be changed in place, and are valid until the method returns.</summary>
    void DatagramArrived(TurnRelay relay, TransportAddress from, Span<byte> datagram);
}
