using System.Security.Cryptography;
using Calls.Signaling;

namespace Calls.Verification;

/// <summary>The <see cref="CodeExchange"/> of each call that is under way or knocks. Not thread-safe: it belongs to one mailbox.</summary>
internal sealed class CodeExchanges
{
    private const int Most = 8;
    private readonly OrderedDictionary<CallId, CodeExchange> _exchanges = [];

    /// <summary>How many calls it remembers.</summary>
    public int Count => _exchanges.Count;

    /// <summary>The code of a call; null: there is none.</summary>
    public VerificationCode? CodeOf(CallId call) => _exchanges.GetValueOrDefault(call)?.Code;

    /// <summary>The message as it goes out, with what this side says for the code.</summary>
    public CallMessage Sending(CallMessage message) => message switch
    {
        InitiateMessage => Open(message.CallId).Sending(message),
        AnswerMessage or NegotiateMessage => _exchanges.GetValueOrDefault(message.CallId)?.Sending(message) ?? message,
        _ => message,
    };

    /// <summary>Takes what the other side says for the code.</summary>
    /// <returns>What to say to it; null: nothing.</returns>
    public RevealMessage? Received(CallMessage message) => message switch
    {
        OfferMessage { Commitment: not null } => Open(message.CallId).Received(message),
        AnswerMessage or RevealMessage or NegotiateMessage => _exchanges.GetValueOrDefault(message.CallId)?.Received(message),
        _ => null,
    };

    /// <summary>The call is over.</summary>
    public void Close(CallId call) => _exchanges.Remove(call);

    private CodeExchange Open(CallId call)
    {
        if (_exchanges.TryGetValue(call, out var exchange))
            return exchange;
        if (_exchanges.Count == Most)
            _exchanges.RemoveAt(0);
        _exchanges.Add(call, exchange = new CodeExchange(static () => RandomNumberGenerator.GetBytes(32)));
        return exchange;
    }
}
