using System.Text.Json.Serialization;

namespace Calls.Signaling;

/// <summary><c>call:negotiate</c>: an offer, answer or refusal inside a running call.</summary>
public sealed record NegotiateMessage : CallMessage
{
    /// <summary>The description; empty when <see cref="Kind"/> is <see cref="NegotiateKind.Reject"/>.</summary>
    public string Sdp { get; init => field = value ?? ""; } = "";

    /// <summary>What this is.</summary>
    [JsonRequired]
    public NegotiateKind Kind { get; init; }

    /// <summary>The round it belongs to; an answer repeats its offer's.</summary>
    public int Round { get; init; }

    /// <summary>
    /// In an offer: it was made by a new peer connection, and wants an answer from a new one. In a refusal: only such an offer can be taken.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NewSession { get; init; }
}

/// <summary>What a <see cref="NegotiateMessage"/> is.</summary>
public enum NegotiateKind
{
    /// <summary>An offer.</summary>
    Offer,

    /// <summary>The answer to an offer.</summary>
    Answer,

    /// <summary>The offer is not taken.</summary>
    Reject,
}

/// <summary><c>call:media</c>: what the sender sends now.</summary>
public sealed record MediaStateMessage : CallMessage
{
    /// <summary>Whether its microphone is muted.</summary>
    public bool Muted { get; init; }

    /// <summary>What it sends as video.</summary>
    [JsonConverter(typeof(VideoSourceJsonConverter))]
    public VideoSource Video { get; init; }

    /// <summary>Whether it holds the call.</summary>
    public bool Hold { get; init; }
}

/// <summary><c>call:reveal</c>: the caller shows its number for the <see cref="VerificationCode"/>, now that the callee's is fixed.</summary>
public sealed record RevealMessage : CallMessage
{
    /// <summary>The number whose hash came with the offer: 43 characters of base64url.</summary>
    [JsonRequired]
    public string Nonce { get; init; } = "";
}
