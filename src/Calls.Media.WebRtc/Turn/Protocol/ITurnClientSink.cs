using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>Where a TURN client's messages and news go. Called from within the client's methods: it must not call back into the client.</summary>
internal interface ITurnClientSink
{
    /// <summary>Sends a message to the server; valid until the method returns. Over a stream it has its padding.</summary>
    void Transmit(ReadOnlySpan<byte> message);

    /// <summary>The server gave a relay: <see cref="TurnClient.Relayed"/>.</summary>
    void Allocated();

    /// <summary>The server gave no relay, or took it back. There is no other news after it.</summary>
    void Failed(TurnFailure failure);

    /// <summary>The server answered whether an address may send and be sent to.</summary>
    /// <param name="peer">The address; its port does not count.</param>
    /// <param name="refusal">Why not; null: it may.</param>
    void Permitted(TransportAddress peer, TurnFailure? refusal);
}
