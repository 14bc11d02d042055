using System.Text.Json.Serialization;

namespace Calls.Signaling;

/// <summary><c>call:initiate</c>: ring the other members of a chat.</summary>
public sealed record InitiateMessage : CallMessage
{
    /// <summary>The conversation; by default the id of the other user.</summary>
    [JsonRequired]
    public string ChatId { get; init; } = "";

    /// <summary>Whether the caller asks for a video call.</summary>
    public bool Video { get; init; }

    /// <summary>The offer (RFC 8866, RFC 9429).</summary>
    [JsonRequired]
    public string Sdp
    {
        get => SdpText.Text;
        init => SdpText = new WireText(value);
    }

    /// <summary>The trace that the call belongs to (W3C Trace Context, <c>traceparent</c>); null: nobody traces it. One that is malformed counts as none.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>The hash of the caller's number for the <see cref="VerificationCode"/>: 43 characters of base64url. Null: the caller takes no part in it.</summary>
    public string? Commitment { get; init; }

    /// <summary><see cref="Sdp"/>, as it came.</summary>
    internal WireText SdpText { get; init; }
}

/// <summary><c>call:offer</c>: an incoming call.</summary>
public sealed record OfferMessage : CallMessage
{
    /// <summary>The conversation, as this callee names it.</summary>
    [JsonRequired]
    public string ChatId { get; init; } = "";

    /// <summary>Whether the caller asks for a video call.</summary>
    public bool Video { get; init; }

    /// <summary>The offer.</summary>
    [JsonRequired]
    public string Sdp
    {
        get => SdpText.Text;
        init => SdpText = new WireText(value);
    }

    /// <summary>How long ago the caller rang, in milliseconds, when this was sent.</summary>
    public long AgeMs { get; init; }

    /// <summary>How long a call rings in all, in milliseconds. 0: not said.</summary>
    public long RingTimeoutMs { get; init; }

    /// <summary>The trace that the call belongs to (W3C Trace Context, <c>traceparent</c>); null: nobody traces it. One that is malformed counts as none.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>As in <see cref="InitiateMessage.Commitment"/>.</summary>
    public string? Commitment { get; init; }

    /// <summary><see cref="Sdp"/>, as it came.</summary>
    internal WireText SdpText { get; init; }
}

/// <summary><c>call:answer</c>: this device accepts.</summary>
public sealed record AnswerMessage : CallMessage
{
    /// <summary>The answer.</summary>
    [JsonRequired]
    public string Sdp
    {
        get => SdpText.Text;
        init => SdpText = new WireText(value);
    }

    /// <summary>The callee's number for the <see cref="VerificationCode"/>: 43 characters of base64url. Null: it takes no part in it.</summary>
    public string? Nonce { get; init; }

    /// <summary><see cref="Sdp"/>, as it came.</summary>
    internal WireText SdpText { get; init; }
}

/// <summary><c>call:ringing</c>: a device of the callee rings.</summary>
public sealed record RingingMessage : CallMessage;

/// <summary><c>call:no-answer</c>: the ring time passed.</summary>
public sealed record NoAnswerMessage : CallMessage;
