using System.Globalization;
using Calls.Verification;

namespace Calls;

/// <summary>
/// A short code of a call that is the same on both sides exactly if nobody sits between them: two people read it to each other. It is derived from the DTLS
/// fingerprints of both descriptions (RFC 8122) and from a random number of each side.
/// </summary>
/// <remarks>
/// The caller binds itself to its number by a hash before it sees the callee's, so whoever sits in the middle cannot try numbers until both codes are alike:
/// he has one guess a call, right once in 16,777,216 calls for the emoji and once in 100,000,000 for the digits.
/// </remarks>
public sealed record VerificationCode
{
    private const int Symbols = 4;
    private const ulong DigitsRange = 100_000_000;
    private readonly ulong _value;

    /// <summary>The code of a number. A call has its own; this is for tests and previews of a host.</summary>
    /// <param name="value">64 bits, of which the lower 24 are the pictures.</param>
    public VerificationCode(ulong value)
    {
        _value = value;
        var emoji = new VerificationEmoji[Symbols];
        for (var i = 0; i < Symbols; i++)
            emoji[i] = EmojiAlphabet.All[(int)(value >> (6 * i)) & 63];
        Emoji = emoji;
        var digits = (value >> (6 * Symbols)) % DigitsRange;
        Digits = string.Create(CultureInfo.InvariantCulture, $"{digits / 10_000:0000} {digits % 10_000:0000}");
    }

    /// <summary>Four pictures, each with the name to read out.</summary>
    public IReadOnlyList<VerificationEmoji> Emoji { get; }

    /// <summary>Eight digits in two groups, for where pictures are of no use.</summary>
    public string Digits { get; }

    /// <summary>Whether it is the same code.</summary>
    public bool Equals(VerificationCode? other) => other is not null && other._value == _value;

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>The pictures and the digits.</summary>
    public override string ToString() => $"{string.Concat(Emoji.Select(emoji => emoji.Symbol))} {Digits}";
}

/// <summary>A picture of a <see cref="VerificationCode"/>.</summary>
/// <param name="Symbol">The picture, one character of Unicode.</param>
/// <param name="Name">What to call it, in English; also the key for the host's own word.</param>
public sealed record VerificationEmoji(string Symbol, string Name);
