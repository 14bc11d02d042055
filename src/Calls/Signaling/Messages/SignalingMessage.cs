using System.Text.Json.Serialization;

namespace Calls.Signaling;

// The generated reader sets an init-only property that the text lacks to null, whatever its initializer says: hence the "?? []" in the messages.

/// <summary>One message of the signaling protocol, version 1: one JSON object whose <c>type</c> names it.</summary>
/// <remarks>The generated reader sets every <c>init</c> property, with null where the text has no such field: so the properties that have another default
/// restore it themselves.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(InitiateMessage), MessageTypes.Initiate)]
[JsonDerivedType(typeof(OfferMessage), MessageTypes.Offer)]
[JsonDerivedType(typeof(AnswerMessage), MessageTypes.Answer)]
[JsonDerivedType(typeof(CandidatesMessage), MessageTypes.IceCandidate)]
[JsonDerivedType(typeof(EndMessage), MessageTypes.End)]
[JsonDerivedType(typeof(RejectMessage), MessageTypes.Reject)]
[JsonDerivedType(typeof(RejectedMessage), MessageTypes.Rejected)]
[JsonDerivedType(typeof(NoAnswerMessage), MessageTypes.NoAnswer)]
[JsonDerivedType(typeof(RingingMessage), MessageTypes.Ringing)]
[JsonDerivedType(typeof(NegotiateMessage), MessageTypes.Negotiate)]
[JsonDerivedType(typeof(MediaStateMessage), MessageTypes.Media)]
[JsonDerivedType(typeof(RevealMessage), MessageTypes.Reveal)]
[JsonDerivedType(typeof(ResumeMessage), MessageTypes.Resume)]
[JsonDerivedType(typeof(WelcomeMessage), MessageTypes.Welcome)]
[JsonDerivedType(typeof(PingMessage), MessageTypes.Ping)]
[JsonDerivedType(typeof(PongMessage), MessageTypes.Pong)]
[JsonDerivedType(typeof(ErrorMessage), MessageTypes.Error)]
public abstract record SignalingMessage;

/// <summary>A message that belongs to one call.</summary>
public abstract record CallMessage : SignalingMessage
{
    /// <summary>The call this message belongs to.</summary>
    [JsonRequired]
    public CallId CallId { get; init; }

    /// <summary>Position in this call's stream from this sender to this receiver: 1, 2, 3 … without a gap.
    /// Null: the sender takes no part in replay and de-duplication.</summary>
    public int? Seq { get; init; }

    /// <summary>Who sent it. Stamped by the server; whatever a client wrote is thrown away.</summary>
    public Party? From { get; init; }
}
