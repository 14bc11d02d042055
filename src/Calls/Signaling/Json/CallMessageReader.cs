using System.Text.Json;

namespace Calls.Signaling;

/// <summary>
/// Reads the messages that every call has, field by field: they are most of what a server and a client read. Only texts that say nothing but what the protocol knows, once, are read here;
/// the serializer reads all others, and says what is wrong with them.
/// </summary>
internal ref struct CallMessageReader
{
    private Utf8JsonReader _json;
    private MessageKind _kind;
    private CallId _callId;
    private int? _seq;
    private bool? _video;
    private string? _chatId;
    private WireText? _sdp;
    private string? _traceParent;
    private string? _commitment;
    private string? _nonce;
    private string? _reason;
    private IceCandidate[]? _candidates;
    private Party? _from;

    private enum MessageKind
    {
        None,
        Initiate,
        Answer,
        Ringing,
        Candidates,
        End,
    }

    /// <summary>The message; null: the serializer reads it.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static CallMessage? Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new CallMessageReader { _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = SignalingJson.MaxDepth }) };
        return reader.TryReadFields() ? reader.Message() : null;
    }

    private bool TryReadFields()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
            return false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueIsEscaped || !TryReadField())
                return false;
        }

        // Nothing may follow.
        return _json.TokenType == JsonTokenType.EndObject && !_json.Read();
    }

    private bool TryReadField()
    {
        if (_json.ValueTextEquals("type"u8))
            return _kind == MessageKind.None && _json.Read() && (_kind = Kind()) != MessageKind.None;
        if (_json.ValueTextEquals("callId"u8))
            return _callId.IsEmpty && JsonFields.TryReadString(ref _json, out var id) && CallId.TryParse(id, out _callId);
        if (_json.ValueTextEquals("seq"u8))
            return _seq is null && JsonFields.TryReadNumber(ref _json, out _seq);
        if (_json.ValueTextEquals("sdp"u8))
            return _sdp is null && JsonFields.TryReadText(ref _json, out _sdp);
        if (_json.ValueTextEquals("candidates"u8))
            return _candidates is null && IceCandidateReader.TryRead(ref _json, out _candidates);
        if (_json.ValueTextEquals("from"u8))
            return _from is null && PartyReader.TryRead(ref _json, out _from);
        if (_json.ValueTextEquals("chatId"u8))
            return _chatId is null && JsonFields.TryReadString(ref _json, out _chatId);
        if (_json.ValueTextEquals("video"u8))
            return _video is null && JsonFields.TryReadFlag(ref _json, out _video);
        if (_json.ValueTextEquals("reason"u8))
            return _reason is null && JsonFields.TryReadString(ref _json, out _reason);
        if (_json.ValueTextEquals("traceparent"u8))
            return _traceParent is null && JsonFields.TryReadString(ref _json, out _traceParent);
        if (_json.ValueTextEquals("commitment"u8))
            return _commitment is null && JsonFields.TryReadString(ref _json, out _commitment);
        return _json.ValueTextEquals("nonce"u8) && _nonce is null && JsonFields.TryReadString(ref _json, out _nonce);
    }

    private readonly MessageKind Kind()
    {
        if (_json.TokenType != JsonTokenType.String || _json.ValueIsEscaped)
            return MessageKind.None;
        if (_json.ValueTextEquals("call:ice-candidate"u8))
            return MessageKind.Candidates;
        if (_json.ValueTextEquals("call:initiate"u8))
            return MessageKind.Initiate;
        if (_json.ValueTextEquals("call:answer"u8))
            return MessageKind.Answer;
        if (_json.ValueTextEquals("call:ringing"u8))
            return MessageKind.Ringing;
        return _json.ValueTextEquals("call:end"u8) ? MessageKind.End : MessageKind.None;
    }

    /// <summary>The message of what was read; null: a field is missing, or belongs to another kind of message.</summary>
    private readonly CallMessage? Message()
    {
        if (_callId.IsEmpty)
            return null;
        var isInitiate = _kind == MessageKind.Initiate;
        var isAnswer = _kind == MessageKind.Answer;
        if ((_sdp is not null) != (isInitiate || isAnswer) || (_chatId is not null) != isInitiate
            || (!isInitiate && (_video is not null || _traceParent is not null || _commitment is not null))
            || (_nonce is not null && !isAnswer)
            || (_reason is not null && _kind != MessageKind.End)
            || (_candidates is not null && _kind != MessageKind.Candidates))
            return null;
        return _kind switch
        {
            MessageKind.Initiate => new InitiateMessage
            {
                CallId = _callId, Seq = _seq, From = _from, ChatId = _chatId!, Video = _video ?? false, SdpText = _sdp!.Value, TraceParent = _traceParent, Commitment = _commitment,
            },
            MessageKind.Answer => new AnswerMessage { CallId = _callId, Seq = _seq, From = _from, SdpText = _sdp!.Value, Nonce = _nonce },
            MessageKind.Ringing => new RingingMessage { CallId = _callId, Seq = _seq, From = _from },
            MessageKind.Candidates when _candidates is not null => new CandidatesMessage { CallId = _callId, Seq = _seq, From = _from, Candidates = _candidates },
            MessageKind.End => new EndMessage { CallId = _callId, Seq = _seq, From = _from, Reason = _reason },
            _ => null,
        };
    }
}
