using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Calls.Signaling;

namespace Calls.Verification;

/// <summary>
/// How the two sides of one call agree on its code. The caller sends the hash of its number with the offer, the callee its own number with the answer, and
/// only then the caller its number: so neither side, nor anybody between them, can choose its number by the other's.
/// </summary>
/// <param name="nonce">Makes a number: 32 random bytes.</param>
internal sealed class CodeExchange(Func<byte[]> nonce)
{
    /// <summary>How long a number or a hash is, in base64url: 32 bytes.</summary>
    public const int TextLength = 43;

    private string? _callerNonce;
    private string? _calleeNonce;
    private string? _commitment;
    private string _callerPrints = "";
    private string _calleePrints = "";
    private bool _isCaller;
    private bool _isVoid;

    /// <summary>The code; null: not agreed on yet, or one side takes no part in it, or what it stood for has changed.</summary>
    public VerificationCode? Code { get; private set; }

    /// <summary>A description of this side goes out.</summary>
    public CallMessage Sending(CallMessage message)
    {
        switch (message)
        {
            case InitiateMessage initiate when _commitment is null && DtlsFingerprints.Of(initiate.Sdp) is { Length: > 0 } prints:
                (_isCaller, _callerPrints, _callerNonce) = (true, prints, Text(nonce()));
                _commitment = CommitmentTo(_callerNonce);
                return initiate with { Commitment = _commitment };
            case AnswerMessage answer when !_isCaller && _commitment is not null && _calleeNonce is null && DtlsFingerprints.Of(answer.Sdp) is { Length: > 0 } prints:
                (_calleePrints, _calleeNonce) = (prints, Text(nonce()));
                return answer with { Nonce = _calleeNonce };
            case NegotiateMessage { Sdp.Length: > 0 } negotiate:
                Keep(negotiate.Sdp, _isCaller ? _callerPrints : _calleePrints);
                break;
        }

        return message;
    }

    /// <summary>A message of the other side has come.</summary>
    /// <returns>What to say to it; null: nothing.</returns>
    public RevealMessage? Received(CallMessage message)
    {
        switch (message)
        {
            // Once this side has shown its number, no other commitment counts.
            case OfferMessage { Commitment: { } commitment } offer when !_isCaller && _calleeNonce is null && IsText(commitment):
                (_commitment, _callerPrints) = (commitment, DtlsFingerprints.Of(offer.Sdp));
                break;
            case AnswerMessage { Nonce: { } theirs } answer when _isCaller && _calleeNonce is null && IsText(theirs):
                (_calleeNonce, _calleePrints) = (theirs, DtlsFingerprints.Of(answer.Sdp));
                Agree(answer.CallId);
                return new RevealMessage { CallId = answer.CallId, Nonce = _callerNonce! };
            case RevealMessage reveal when !_isCaller && _calleeNonce is not null && _callerNonce is null:
                _callerNonce = reveal.Nonce;
                _isVoid |= CommitmentTo(reveal.Nonce) != _commitment;
                Agree(reveal.CallId);
                break;
            case NegotiateMessage { Sdp.Length: > 0 } negotiate:
                Keep(negotiate.Sdp, _isCaller ? _calleePrints : _callerPrints);
                break;
        }

        return null;
    }

    private void Agree(CallId call)
    {
        if (_isVoid || _callerPrints.Length == 0 || _calleePrints.Length == 0)
            return;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\0', "calls-code-1", call.ToString(), _callerPrints, _calleePrints, _callerNonce, _calleeNonce)));
        Code = new VerificationCode(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>A later description with another certificate: whoever knows both numbers could have looked for one that keeps the code.</summary>
    private void Keep(string sdp, string known)
    {
        if (DtlsFingerprints.Of(sdp) == known)
            return;
        _isVoid = true;
        Code = null;
    }

    private static string CommitmentTo(string nonce) => Text(SHA256.HashData(Encoding.UTF8.GetBytes($"calls-commitment-1\0{nonce}")));

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static bool IsText(string text) => text.Length == TextLength && System.Buffers.Text.Base64Url.IsValid(text);
}
