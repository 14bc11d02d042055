using System.Text.Json;

namespace Calls.Signaling;

/// <summary>Writes the messages that every call has, field by field, as the serializer writes them: they are most of what a server writes.</summary>
internal static class CallMessageWriter
{
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Offer = JsonEncodedText.Encode(MessageTypes.Offer);
    private static readonly JsonEncodedText Answer = JsonEncodedText.Encode(MessageTypes.Answer);
    private static readonly JsonEncodedText Ringing = JsonEncodedText.Encode(MessageTypes.Ringing);
    private static readonly JsonEncodedText Candidates = JsonEncodedText.Encode(MessageTypes.IceCandidate);
    private static readonly JsonEncodedText End = JsonEncodedText.Encode(MessageTypes.End);
    private static readonly JsonEncodedText ChatId = JsonEncodedText.Encode("chatId");
    private static readonly JsonEncodedText Video = JsonEncodedText.Encode("video");
    private static readonly JsonEncodedText Sdp = JsonEncodedText.Encode("sdp");
    private static readonly JsonEncodedText AgeMs = JsonEncodedText.Encode("ageMs");
    private static readonly JsonEncodedText RingTimeoutMs = JsonEncodedText.Encode("ringTimeoutMs");
    private static readonly JsonEncodedText TraceParent = JsonEncodedText.Encode("traceparent");
    private static readonly JsonEncodedText Commitment = JsonEncodedText.Encode("commitment");
    private static readonly JsonEncodedText Nonce = JsonEncodedText.Encode("nonce");
    private static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText CallId = JsonEncodedText.Encode("callId");
    private static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");
    private static readonly JsonEncodedText From = JsonEncodedText.Encode("from");
    private static readonly JsonEncodedText UserId = JsonEncodedText.Encode("userId");
    private static readonly JsonEncodedText DeviceId = JsonEncodedText.Encode("deviceId");
    private static readonly JsonEncodedText DisplayName = JsonEncodedText.Encode("displayName");
    private static readonly JsonEncodedText CandidateList = JsonEncodedText.Encode("candidates");
    private static readonly JsonEncodedText Candidate = JsonEncodedText.Encode("candidate");
    private static readonly JsonEncodedText SdpMid = JsonEncodedText.Encode("sdpMid");
    private static readonly JsonEncodedText SdpMLineIndex = JsonEncodedText.Encode("sdpMLineIndex");
    private static readonly JsonEncodedText UsernameFragment = JsonEncodedText.Encode("usernameFragment");

    /// <summary>Writes a message; false: nothing is written, and the serializer writes it.</summary>
    public static bool TryWrite(Utf8JsonWriter json, SignalingMessage message)
    {
        switch (message)
        {
            case OfferMessage offer:
                Begin(json, Offer);
                json.WriteString(ChatId, offer.ChatId);
                json.WriteBoolean(Video, offer.Video);
                offer.SdpText.Write(json, Sdp);
                json.WriteNumber(AgeMs, offer.AgeMs);
                json.WriteNumber(RingTimeoutMs, offer.RingTimeoutMs);
                WriteText(json, TraceParent, offer.TraceParent);
                WriteText(json, Commitment, offer.Commitment);
                Complete(json, offer);
                return true;
            case AnswerMessage answer:
                Begin(json, Answer);
                answer.SdpText.Write(json, Sdp);
                WriteText(json, Nonce, answer.Nonce);
                Complete(json, answer);
                return true;
            case RingingMessage ringing:
                Begin(json, Ringing);
                Complete(json, ringing);
                return true;
            case CandidatesMessage candidates:
                Begin(json, Candidates);
                Write(json, candidates.Candidates);
                Complete(json, candidates);
                return true;
            case EndMessage end:
                Begin(json, End);
                WriteText(json, Reason, end.Reason);
                Complete(json, end);
                return true;
            default:
                return false;
        }
    }

    private static void Begin(Utf8JsonWriter json, JsonEncodedText type)
    {
        json.WriteStartObject();
        json.WriteString(Type, type);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<IceCandidate> candidates)
    {
        if (candidates is WireCandidates wire)
        {
            json.WritePropertyName(CandidateList);
            json.WriteRawValue(wire.Utf8, skipInputValidation: true);
            return;
        }

        json.WriteStartArray(CandidateList);
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            json.WriteStartObject();
            json.WriteString(Candidate, candidate.Candidate);
            WriteText(json, SdpMid, candidate.SdpMid);
            if (candidate.SdpMLineIndex is { } line)
                json.WriteNumber(SdpMLineIndex, line);
            WriteText(json, UsernameFragment, candidate.UsernameFragment);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Complete(Utf8JsonWriter json, CallMessage message)
    {
        json.WriteString(CallId, message.CallId.Value);
        if (message.Seq is { } seq)
            json.WriteNumber(Seq, seq);
        if (message.From is { } from)
        {
            json.WriteStartObject(From);
            json.WriteString(UserId, from.UserId);
            json.WriteString(DeviceId, from.DeviceId);
            WriteText(json, DisplayName, from.DisplayName);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, JsonEncodedText name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
