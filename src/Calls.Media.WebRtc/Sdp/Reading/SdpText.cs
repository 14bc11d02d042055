using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Calls.Media.WebRtc.Sdp;

/// <summary>The words that descriptions are made of.</summary>
internal static class SdpText
{
    /// <summary>A token (RFC 8866, section 9) of 1 to <paramref name="longest"/> characters.</summary>
    public static bool IsToken(ReadOnlySpan<char> text, int longest = 256)
    {
        if (text.IsEmpty || text.Length > longest)
            return false;
        foreach (var c in text)
        {
            if (c is <= ' ' or >= '\x7f' or '"' or '(' or ')' or ',' or '/' or ':' or ';' or '<' or '=' or '>' or '?' or '@' or '[' or '\\' or ']')
                return false;
        }

        return true;
    }

    /// <summary>ICE characters (RFC 8839, section 5.4), from <paramref name="shortest"/> to 256 of them.</summary>
    public static bool IsIceText(ReadOnlySpan<char> text, int shortest)
    {
        if (text.Length < shortest || text.Length > 256)
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
                return false;
        }

        return true;
    }

    /// <summary>Digits that give at most <paramref name="most"/>; no sign, no space.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, uint most, out uint number)
        => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;

    /// <summary>Takes the text up to the next space; false at the end of the text.</summary>
    public static bool TryWord(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> word)
    {
        var end = rest.IndexOf(' ');
        word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return !word.IsEmpty;
    }

    /// <summary>A fingerprint of a hash function that can be trusted; null where the function is another one; false where it is malformed.</summary>
    public static bool TryFingerprint(ReadOnlySpan<char> value, [MaybeNullWhen(true)] out string error, out CertificateFingerprint? fingerprint)
    {
        fingerprint = null;
        error = "A fingerprint is a hash function and pairs of hexadecimal digits with colons.";
        if (!TryWord(ref value, out var name) || !IsToken(name, 32) || !IsHexPairs(value))
            return false;
        var algorithm = name.ToString().ToLowerInvariant();
        var length = algorithm switch { "sha-256" => 32, "sha-384" => 48, "sha-512" => 64, _ => 0 };
        if (length > 0 && value.Length != length * 3 - 1)
            return false;
        if (length > 0)
            fingerprint = new CertificateFingerprint(algorithm, value.ToString().ToUpperInvariant());
        error = null!;
        return true;
    }

    private static bool IsHexPairs(ReadOnlySpan<char> text)
    {
        if (text.Length % 3 != 2)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigit(text[i]))
                return false;
        }

        return true;
    }
}
